"""What counts as new for a wish: what plainly fits it and did not before."""

from hypothesis import given, settings

from heard.directory.search import Directory
from heard.reminders.news import fitting, known, mark
from heard.reminders.subject import watched
from tests.builders import a_wish, an_opportunity, some_places, wishes
from tests.heard.reminders.office import drums_in_hatfield

DRUMS = a_wish(instruments=("drums",), activities=("group",), place="Hatfield")


def ids(wish, *entries):
    return [match.opportunity.id for match in fitting(wish, Directory(entries, some_places()))]


def test_a_drum_group_in_hatfield_is_new_for_somebody_who_wants_one():
    assert ids(DRUMS, drums_in_hatfield()) == ["drum-club"]


def test_what_only_may_fit_is_no_news():
    elsewhere = drums_in_hatfield("far", area="dorset", **{"places": ("Poole",)})
    other = an_opportunity(id="cellos", instruments=("cello",), activities=("group",))
    anything = an_opportunity(id="lessons", instruments=("drums",), activities=("lesson",))
    country = an_opportunity(id="country", instruments=("drums",), activities=("group",), area="national", place=None)
    assert ids(DRUMS, elsewhere, other, anything, country) == []


def test_a_wish_without_a_place_hears_of_the_whole_country():
    wish = a_wish(instruments=("drums",))
    country = an_opportunity(id="country", instruments=("drums",), area="national", place=None)
    assert ids(wish, country) == ["country"]


def test_what_was_there_is_known_and_a_change_that_makes_it_fit_is_news():
    before = (drums_in_hatfield("old"), drums_in_hatfield("dear", cost="paid"))
    wish = a_wish(instruments=("drums",), cost="free", place="Hatfield")
    already = known(wish, Directory(before, some_places()))
    assert already == {mark("old")}
    after = (before[0], drums_in_hatfield("dear", cost="free"))
    assert [id_ for id_ in ids(wish, *after) if mark(id_) not in already] == ["dear"]


def test_a_place_that_is_not_ours_finds_nothing():
    for place in ("Atlantis", "Charminster"):
        assert ids(a_wish(instruments=("drums",), place=place), drums_in_hatfield()) == []


ENTRIES = tuple(
    drums_in_hatfield(f"entry-{n}", cost=("free", "paid", "unknown")[n % 3], ages=(5 + n, 11 + n)) for n in range(12)
)


@settings(deadline=None)
@given(wishes)
def test_news_always_fits_and_leaving_out_needs_changes_nothing(wish):
    directory = Directory(ENTRIES, some_places())
    all_that_fits = {match.opportunity.id for match in directory.search(wish, limit=100).matches}
    found = [match.opportunity.id for match in fitting(wish, directory)]
    assert set(found) <= all_that_fits and len(set(found)) == len(found)
    assert known(watched(wish), directory) == known(wish, directory)
