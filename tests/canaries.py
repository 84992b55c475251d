"""Marked personal details, as young people and parents write them: none may be found anywhere afterwards.

Each line names its kind, what is said, and the parts that must be gone. Neither content/ nor the
program's own words hold these parts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Canary:
    """Something that somebody says, and what of it identifies them."""

    kind: str
    said: str
    needles: tuple[str, ...]


_SAID = """
name | hi my name is Aoife Brightwater | Aoife, Brightwater
name | my name is Oluwaseun Adeyemi and i play drums | Oluwaseun, Adeyemi
name | I'm Chukwuemeka Okonkwo, can I join a choir? | Chukwuemeka, Okonkwo
name | i am Abena Owusu-Ansah and i sing | Abena, Owusu
name | My name is Ayaan Abdirahman Warsame | Ayaan, Abdirahman, Warsame
name | my name is harpreet kaur dhaliwal | harpreet, dhaliwal
name | My daughter Ananya Krishnamurthy wants violin lessons | Ananya, Krishnamurthy
name | my son Muhammad Zubair Chaudhry is 9 and wants to drum | Zubair, Chaudhry
name | my name is Nusrat Begum Choudhury | Nusrat, Choudhury
name | my name is Katarzyna Wiśniewska, flute please | Katarzyna, Wiśniewska
name | I'm Bartosz Kowalczyk from year 8 | Bartosz, Kowalczyk
name | my name is Ionuț Dumitrescu | Ionuț, Dumitrescu
name | My name is Oksana Shevchenko and we came from Ukraine | Oksana, Shevchenko
name | my name is Nguyen Thi Bich Ngoc | Nguyen, Bich, Ngoc
name | my name is Zhang Xiaoming and i play erhu | Zhang, Xiaoming
name | my friend Siobhán Ní Dhomhnaill plays the harp | Siobhán, Dhomhnaill
name | My name is Llywelyn ap Gruffydd Pritchard | Llywelyn, Pritchard
name | My teacher Mr Fotheringay says I should try grade 5 | Fotheringay
name | my piano teacher is Mrs Papadopoulou | Papadopoulou
name | ask for Miss Featherstonehaugh at the desk | Featherstonehaugh
name | I am Temitope Balogun, mum of two | Temitope, Balogun
name | my name is Fatoumata Diallo | Fatoumata, Diallo
name | My name is Yusuf Demirtaş | Yusuf, Demirtaş
name | my name is João Figueiredo and i like fado | João, Figueiredo
name | i'm called Shaniqua Braithwaite | Shaniqua, Braithwaite
name | my name is Rivka Rosenzweig | Rivka, Rosenzweig
name | my name is Thulasi Sivanathan | Thulasi, Sivanathan
name | My name is Jae-hyun Paik | Jae-hyun, Paik
name | my name is Bridie Maughan, we travel | Bridie, Maughan
name | It's Tariq Al-Masri again, about the guitar | Tariq, Masri
name | Kind regards, Wilhelmina Hazelgrove | Wilhelmina, Hazelgrove
name | my sister Clementine Ashdown-Pryce plays cello | Clementine, Ashdown
name | my name is Tomasz Brzęczyszczykiewicz | Brzęczyszczykiewicz
name | My son's name is Kwabena Asantewaa | Kwabena, Asantewaa
name | my name is Gurpreet Singh Bhambra | Gurpreet, Bhambra
name | my name's Xanthe Peverell-Stokes | Xanthe, Peverell
phone | call me on 07700 900123 | 900123, 900 123
phone | my number is 07700900456 | 07700900456
phone | mum is on +44 7700 900789 | 900789, 7700 900
phone | text 0044 7700 900 321 please | 900 321
phone | ring us at (01632) 960 234 | 960 234
phone | 01632-960567 is our landline | 960567
phone | call 020 7946 0991 after six | 7946 0991
phone | his mobile: 07700.900.654 | 900.654
phone | whatsapp me 07700-900-987 | 900-987
phone | phone number is 0 7 7 0 0 9 0 0 1 1 8 | 7 0 0 9 0 0 1 1 8
phone | it is oh seven seven double oh nine double oh two one six | nine double oh two one six
phone | my dads number +447700900842 thanks | 7700900842
email | email me at saoirse.quill@example.com | saoirse.quill
email | my address is b.thistlewood+drums@mail.example.org | thistlewood
email | write to MRS.PENHALIGON@EXAMPLE.SCH.UK | penhaligon
email | its zoltan underscore varga at gmail dot com | zoltan, varga at
email | gideon (at) oakapple (dot) co (dot) uk is mine | gideon, oakapple
email | contact: "k_lindqvist99@outlook.example" | lindqvist99
email | mail dmitri-o-reilly@sub.domain.example please | dmitri-o-reilly
email | wren.nightjar at hotmail dot co dot uk | nightjar
postcode | we live in AL10 9NE | AL10 9NE, AL109NE
postcode | my postcode is sg14 1lx | sg14 1lx, sg141lx
postcode | postcode WD17 2QP, drums for a 9 year old | WD17 2QP, WD172QP
postcode | near DT1 1ZU please | DT1 1ZU, DT11ZU
postcode | BH15 2XW is where we are | BH15 2XW, BH152XW
postcode | we're at hp2 4wj | hp2 4wj, hp24wj
postcode | CM23 3YQ for choirs? | CM23 3YQ, CM233YQ
postcode | i am in en8 8wz | en8 8wz, en88wz
address | I live at 42 Marigold Crescent | Marigold
address | our house is 7 Tanglewood Drive, Hatfield | Tanglewood
address | we are at Flat 3, 118 Copperbeech Road | Copperbeech
address | 23b Nightingale Mews, St Albans | Nightingale
address | i live on Wheatsheaf Lane number 19 | Wheatsheaf
address | send it to 5 The Old Maltings Close, Ware | Maltings
address | we moved to 160 Juniperhill Avenue last week | Juniperhill
address | 88 Bramblewick Gardens is my nans | Bramblewick
handle | follow me @quillfeather_drums07 | quillfeather
handle | my insta is moonsparrow.beats | moonsparrow
handle | add me on snapchat: zigzagheron22 | zigzagheron22
handle | my tiktok is @lullabadger_official | lullabadger
handle | discord: pebblefinch#4471 | pebblefinch
handle | my snap is cobaltwren_xo | cobaltwren
handle | my username is thimblefox2011 on roblox | thimblefox2011
handle | find me on instagram as velvetotter.music | velvetotter
url | my page is https://instagram.example/hollowreed.plays | hollowreed
url | see www.facebook.example/ottoline.fern.5 | ottoline
url | soundcloud.com/tinfoilgoose/my-song | tinfoilgoose
url | https://tiktok.com/@brassbandbeetle | brassbandbeetle
url | youtu.be/QxzVwjKpLm4 is me playing | QxzVwjKpLm4
school | i go to Thornybrook Primary School | Thornybrook
school | my school is Larkmeadow Academy | Larkmeadow
school | she is at St Wulfstan's C of E Junior School | Wulfstan
school | we're pupils of Hawksmoor Hill High School | Hawksmoor
school | my son goes to Pennyroyal Grammar School for Boys | Pennyroyal
school | I'm in year 9 at Ravensbourne Vale Comprehensive | Ravensbourne
school | the teacher at Bluebell Spinney Infants School | Spinney
school | he attends The Quillon Free School | Quillon
birthday | I was born on 14/03/2014 | 14/03/2014
birthday | my date of birth is 3rd of April 2012 | April 2012
birthday | dob 07.11.2013 | 07.11.2013
birthday | his birthday is 2011-08-23 | 2011-08-23
birthday | DOB: 9 Sept 2015 | Sept 2015
birthday | born 29 February 2012 in Watford | February 2012
number | my NHS number is 943 476 5919 | 476 5919
number | nhs no 9434765870 | 9434765870
number | her UPN is A123456789012 | 123456789012
number | national insurance JM 12 34 56 C | 12 34 56
number | my ni number is ab987654c | 987654
number | sort code 20-48-73 account 31926819 | 48-73, 31926819
number | passport number 533380006 | 533380006
number | car reg KX67 QZV | KX67 QZV
"""


def _read(line: str) -> Canary:
    kind, said, needles = (part.strip() for part in line.split("|"))
    return Canary(kind, said, tuple(needle.strip() for needle in needles.split(",")))


CANARIES: tuple[Canary, ...] = tuple(_read(line) for line in _SAID.strip().splitlines())
"""More than a hundred."""
