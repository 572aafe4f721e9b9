"""What is attached to a message becomes part of its document, or a document of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from noticedesk.intake.context import Documents
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Answer, Attachment, Document, Envelope, Span

TABLES = frozenset({"table", "sheet"})
"""The readers whose documents list what a letter complains of."""

UNREAD = "none"
"""The reader's name of a document that no reader could read; its one attachment is the file itself."""

_OPENING_WITHIN = 1500


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An attached file with the documents read from it, or why none could be."""

    attachment: Attachment
    documents: Documents
    problem: str = ""


def joined(main: Document, enclosed: Iterable[Enclosed], rules: Rules) -> Documents:
    """The documents of one message.

    An attached message is a document of its own. Two attached letters or more, or two records or more, are documents
    of their own (a record keeps the covering letter, whose statements hold for it); whatever else is attached belongs
    to the message's own document. A record that repeats one already read is left out.
    """
    messages: list[Document] = []
    several: list[Document] = []
    others: list[Document] = []
    for item in enclosed:
        main = _noted(main, item)
        for document in item.documents:
            kept = replace(document, attachments=()) if document.reader == UNREAD else document
            if document.envelope != Envelope():
                messages.append(_sent_on(main, document))
            elif not document.text.strip() or _repeats(document, [main, *several, *others]):
                continue
            else:
                (several if _stands_alone(document, rules) else others).append(kept)
    if len(several) < 2:
        others, several = several + others, []
    for document in others:
        main = appended(main, document)
    own = [_own(main, document) for document in several]
    covered = [document for document in own if document.text.startswith(main.text)] if own else []
    if not covered and (main.text.strip() or not (own or messages)):
        return (main, *own, *messages)
    # Nothing is left of the message's own document but what a person has to know of it.
    first, *rest = *own, *messages
    known = main.problem in first.problem
    return (first if known else replace(first, problem="; ".join(filter(None, [first.problem, main.problem]))), *rest)


def appended(main: Document, other: Document) -> Document:
    """One document with the text of another below its own; spans move along."""
    gap = "\n\n" if main.text.strip() else ""
    by = len(main.text) + len(gap) if gap else 0
    return replace(
        main,
        reader=other.reader if other.answers and not main.answers else main.reader,
        text=f"{main.text}{gap}{other.text}" if gap else other.text,
        answers=main.answers + tuple(_moved(answer, by, _groups(main)) for answer in other.answers),
        attachments=main.attachments + other.attachments,
        quoted=main.quoted + tuple((start + by, end + by) for start, end in other.quoted),
        problem="; ".join(dict.fromkeys(filter(None, [main.problem, other.problem]))),
    )


def _noted(main: Document, item: Enclosed) -> Document:
    """The document with a note on an attached file that could not be read."""
    reasons = [item.problem, *(document.problem for document in item.documents if not document.text.strip())]
    notes = [f"{item.attachment.name}: {reason}" for reason in reasons if reason]
    return replace(main, problem="; ".join(filter(None, [main.problem, *notes])))


def _sent_on(main: Document, inner: Document) -> Document:
    """An attached message as a document: it reached us in the outer envelope, its own headers are claims."""
    return replace(inner, envelope=main.envelope, original=inner.original or inner.envelope)


def _own(main: Document, document: Document) -> Document:
    if not document.answers:
        return replace(document, envelope=main.envelope, attachments=main.attachments + document.attachments)
    return appended(main, document)


def _stands_alone(document: Document, rules: Rules) -> bool:
    """Whether an attached document is a record that answers, or begins as a letter does; a table never does."""
    if document.reader in TABLES:
        return False
    return bool(document.answers) or rules.opening.search(document.text[:_OPENING_WITHIN]) is not None


def _repeats(document: Document, read: list[Document]) -> bool:
    """Whether every answer of a record has been given by one that was read before it."""
    own = {_identity(answer) for answer in document.answers}
    return bool(own) and any(own <= {_identity(answer) for answer in other.answers} for other in read)


def _identity(answer: Answer) -> tuple[str, str]:
    return answer.question, answer.value


def _groups(document: Document) -> int:
    return max((answer.group for answer in document.answers), default=0)


def _moved(answer: Answer, by: int, groups: int) -> Answer:
    span: Span | None = (answer.span[0] + by, answer.span[1] + by) if answer.span else None
    return replace(answer, span=span, group=answer.group + groups if answer.group else 0)
