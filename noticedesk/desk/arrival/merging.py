"""Merging: a notice and its supplements as one document, so that what was missing is found where it was supplied."""

from collections.abc import Sequence
from dataclasses import replace

from noticedesk.model.document import Answer, Document, Span

_BETWEEN = "\n\n"


def merged(documents: Sequence[Document]) -> Document:
    """The documents as one text in their order, with the envelope of the first; the spans of the others are moved.

    The answers of each keep their groups apart. `documents` holds at least one.
    """
    whole = documents[0]
    for supplement in documents[1:]:
        whole = _joined(whole, supplement)
    return whole


def _joined(whole: Document, supplement: Document) -> Document:
    by = len(whole.text) + len(_BETWEEN)
    groups = max((answer.group for answer in whole.answers), default=0)
    return replace(
        whole,
        text=f"{whole.text}{_BETWEEN}{supplement.text}",
        answers=(*whole.answers, *(_moved(answer, by, groups) for answer in supplement.answers)),
        quoted=(*whole.quoted, *(_later(span, by) for span in supplement.quoted)),
        attachments=(*whole.attachments, *supplement.attachments),
        problem=whole.problem or supplement.problem,
    )


def _moved(answer: Answer, by: int, groups: int) -> Answer:
    span = _later(answer.span, by) if answer.span else None
    return replace(answer, span=span, group=answer.group + groups if answer.group else 0)


def _later(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
