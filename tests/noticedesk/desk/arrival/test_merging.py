"""Merging: a notice and its supplements as one document, whose spans still point at their words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk.arrival.merging import merged
from noticedesk.model.document import Answer, Document


def document(text: str, group: int = 0) -> Document:
    """A document of one answer that is all of its text, quoted whole."""
    answer = Answer(question="q", value=text, span=(0, len(text)), group=group)
    return Document(reader="test", text=text, answers=(answer,), quoted=((0, len(text)),))


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_every_span_of_a_merged_document_still_points_at_its_words(texts: list[str]) -> None:
    whole = merged([document(text) for text in texts])
    assert [whole.text[slice(*answer.span)] for answer in whole.answers if answer.span] == texts
    assert [whole.text[start:end] for start, end in whole.quoted] == texts


def test_the_answers_of_a_supplement_make_groups_of_their_own() -> None:
    whole = merged([document("first", group=1), document("second", group=1), document("third")])
    assert [answer.group for answer in whole.answers] == [1, 2, 0]


def test_a_notice_without_supplements_is_itself() -> None:
    assert merged([document("only")]) == document("only")
