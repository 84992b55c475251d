"""The words that structured fields may hold, so that an entry and a wish mean the same by them.

The first part of each list is what domain.yml gives the entity of that name; the rest are values that only
entries use. A wish for a cello finds an entry for strings through `FAMILIES`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ANY: Final = "any"
"""An entry that is for every instrument, or every kind of music."""

INSTRUMENTS: Final = (
    "violin", "viola", "cello", "double bass", "harp", "guitar", "bass guitar", "ukulele", "piano", "keyboard",
    "organ", "drums", "percussion", "steel pan", "tabla", "dhol", "djembe", "voice", "flute", "piccolo", "recorder",
    "clarinet", "saxophone", "oboe", "bassoon", "trumpet", "cornet", "trombone", "french horn", "tenor horn",
    "euphonium", "tuba", "accordion", "harmonica", "sitar", "bagpipes", "dj decks", "music technology",
)  # fmt: skip
"""The values of the `instrument` entity."""

EXTRA_INSTRUMENTS: Final = ("clarion",)
"""Instruments that entries name and the entity does not. The Clarion is an adapted, software instrument."""

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "strings": ("violin", "viola", "cello", "double bass", "harp"),
        "woodwind": ("flute", "piccolo", "recorder", "clarinet", "saxophone", "oboe", "bassoon"),
        "brass": ("trumpet", "cornet", "trombone", "french horn", "tenor horn", "euphonium", "tuba"),
        "percussion": ("percussion", "drums", "steel pan", "tabla", "dhol", "djembe"),
        "keyboards": ("piano", "keyboard", "organ"),
        "band instruments": ("guitar", "bass guitar", "drums", "keyboard"),
        "adapted instruments": ("clarion",),
    }
)
"""What an entry may name instead of every single instrument. "percussion" is an instrument and a family."""

GENRES: Final = (
    "classical", "jazz", "rock", "pop", "rap", "hip hop", "r&b", "grime", "drill", "electronic", "dj", "folk", "world",
    "bollywood", "gospel", "reggae", "metal", "musical theatre", "choral", "brass band", "orchestral", "samba",
    "songwriting", "composing", "production",
)  # fmt: skip
"""The values of the `genre` entity."""

EXTRA_GENRES: Final = (
    "acoustic", "chamber", "circus", "contemporary", "dance", "early music", "sacred", "soul", "theatre", "wind band",
)  # fmt: skip

ACTIVITIES: Final = (
    "lesson", "group", "ensemble", "orchestra", "band", "choir", "workshop", "course", "holiday course", "event",
    "competition", "audition", "online", "studio", "early years", "volunteering", "work experience", "apprenticeship",
    "job", "degree",
)  # fmt: skip
"""The values of the `activity` entity."""

ACCESS_NEEDS: Final = (
    "autism", "adhd", "dyslexia", "learning disability", "physical disability", "wheelchair", "one-handed", "blind",
    "deaf", "mental health", "medical", "send", "anxiety",
)  # fmt: skip
"""The values of the `access_need` entity."""

PEOPLE: Final = (
    *ACCESS_NEEDS, "free school meals", "universal credit", "pupil premium", "looked after", "care leaver",
    "young carer", "refugee", "service family", "low income", "home educated", "ehcp", "pip", "dla",
)  # fmt: skip
"""The values of the `access_need` and `circumstance` entities: whom an entry may be for alone."""

HELPLINE_KINDS: Final = (
    "self_harm", "suicide", "abuse", "neglect", "hunger", "grooming", "bullying", "domestic_abuse", "exploitation",
    "forced_marriage", "fgm", "eating", "running_away", "unsafe_adult", "friend", "adult_worried", "wellbeing", "lgbt",
    "care", "send", "crime",
)  # fmt: skip
"""What somebody may need a helpline for."""

CRITERIA: Final = (
    "activity", "age_max_extended", "applicant_type", "applied_for_by", "applies_to", "attends_school_in",
    "borrower_age_min", "care_leaver", "career_stage", "child_looked_after", "completed_stage",
    "course_length_min_years", "disability", "disability_or_long_term_condition", "exceptional_talent",
    "faces_barrier_to_music", "financial_hardship", "group_based_in", "has_record_or_publishing_deal", "has_reference",
    "health_condition", "household_income_assessed", "household_income_max", "in_full_time_education", "in_nursery",
    "instrument_excluded", "instrument_in", "instrument_needed_for_tuition", "learns_with", "lessons_take_place",
    "level_min", "lives_in", "makes_own_music", "meets_access_fund_criteria", "music_income_share_min", "nominated_by",
    "offered_place", "passes_credit_check", "previously_looked_after", "pupil_premium", "qualifies_for",
    "received_before", "receives_benefit", "receives_free_school_meals", "receives_universal_credit", "referred_by",
    "registers_for", "residency", "rural_isolation", "savings_max", "school_is_hub_member", "school_takes_part_in",
    "school_type", "selected_by", "send", "service_family", "shows_talent_and_potential", "social_exclusion", "starts",
    "strong_progress", "studies", "studies_at", "studies_at_university", "studies_in", "takes_part_in",
    "vision_impairment", "young_carer",
)  # fmt: skip
"""The fields that a bursary's criteria may name."""

CIRCUMSTANCES: Final = (*CRITERIA, "ehcp", "home_educated", "neet", "not_in_mainstream_school")
"""What a word of the glossary may hint at: the criteria, and some circumstances that no bursary here names."""

ENTRY_INSTRUMENTS: Final = tuple(dict.fromkeys((ANY, *INSTRUMENTS, *EXTRA_INSTRUMENTS, *FAMILIES)))
ENTRY_GENRES: Final = (ANY, *GENRES, *EXTRA_GENRES)
