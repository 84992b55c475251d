from heard.redaction import Span
from heard.redaction.labelled import marked
from heard.redaction.measure import Score, measure


def test_found_exact_gone_and_right_are_counted_by_type() -> None:
    texts = [
        marked("im {PERSON:ann lee} of {SCHOOL:oakfield}"),
        marked("hi {PERSON:bo}"),
        marked("see you"),
        marked("in may"),
    ]
    spans = {
        texts[0].text: (Span(3, 6, "PERSON"), Span(14, 22, "PERSON")),
        texts[1].text: (Span(3, 5, "PERSON"),),
        texts[2].text: (),
        texts[3].text: (Span(3, 6, "PERSON"),),
    }
    measured = measure(spans.__getitem__, texts)
    assert measured.scores["PERSON"] == Score(details=2, found=2, exact=1, gone=1, spans=4, right=2)
    assert measured.scores["SCHOOL"] == Score(details=1, found=0, exact=0, gone=1, spans=0, right=0)
    assert (measured.clean, measured.whole) == (2, 1)
    assert measured.of(("PERSON", "SCHOOL")).details == 3
