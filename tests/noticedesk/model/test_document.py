"""What a document answers."""

from noticedesk.model.document import Answer, Document, Field


def test_answers_are_found_by_field_and_group() -> None:
    answers = tuple(Answer(question=str(n), value=str(n), field=Field.MARK, group=n) for n in (0, 1, 2, 1))
    document = Document(reader="sheet", text="", answers=(*answers, Answer(question="x", value="y")))
    assert [answer.value for answer in document.answers_to(Field.MARK)] == ["0", "1", "2", "1"]
    assert [answer.value for answer in document.answers_to(Field.MARK, 1)] == ["1", "1"]
    assert document.answers_to(Field.WORK_TITLE) == ()
