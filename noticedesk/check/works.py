"""The works and marks that a notice claims."""

from collections import defaultdict

from noticedesk.check.labelled import value_of
from noticedesk.check.marks import aliases_in, aliases_of, classes_in, classes_of
from noticedesk.check.page import Page, Sentence
from noticedesk.check.reading import Reading
from noticedesk.check.roles import Links
from noticedesk.model.document import Answer, Field
from noticedesk.model.right import AssetKind
from noticedesk.model.verdict import ClaimedWork, UrlRole

_WORK_FIELDS = frozenset(
    {
        Field.WORK_TITLE,
        Field.WORK_DESCRIPTION,
        Field.WORK_KIND,
        Field.MARK,
        Field.MARK_ALIAS,
        Field.GOODS_CLASSES,
        Field.REGISTRATION_NUMBER,
        Field.REGISTRATION_OFFICE,
        Field.ORIGINAL_URL,
        Field.REFERENCE_MEDIA,
    }
)
_LONGEST = 500


def works_of(page: Page, reading: Reading, links: Links) -> tuple[ClaimedWork, ...]:
    """The claimed works: one for each group of a record's fields, else one for the whole letter."""
    groups: dict[int, list[Answer]] = defaultdict(list)
    for answer in page.document.answers:
        if answer.field in _WORK_FIELDS:
            groups[answer.group].append(answer)
    reported = _urls(links, UrlRole.REPORTED)
    pictures = tuple(part.sha256 for part in page.document.attachments if part.media_type.startswith("image/"))
    if not groups:
        return (_of_letter(page, reading, links, reported, pictures),)
    return tuple(
        _of_group(f"w{number}", answers, reported if len(groups) == 1 else _near(page, group, reported), pictures)
        for number, (group, answers) in enumerate(sorted(groups.items()), 1)
    )


def _of_group(name: str, answers: list[Answer], reported: tuple[str, ...], pictures: tuple[str, ...]) -> ClaimedWork:
    def first(field: Field) -> str:
        return next((answer.value for answer in answers if answer.field is field), "")

    def every(field: Field) -> tuple[str, ...]:
        return tuple(answer.value for answer in answers if answer.field is field)

    mark = first(Field.MARK)
    return ClaimedWork(
        id=name,
        title=first(Field.WORK_TITLE) or mark,
        description=first(Field.WORK_DESCRIPTION),
        kind=_kind(first(Field.WORK_KIND), mark),
        mark=mark,
        aliases=aliases_in(every(Field.MARK_ALIAS), mark),
        classes=classes_in(" ; class ".join(("", *every(Field.GOODS_CLASSES)))),
        registration=first(Field.REGISTRATION_NUMBER),
        office=first(Field.REGISTRATION_OFFICE),
        original_urls=every(Field.ORIGINAL_URL),
        reported_urls=reported,
        media=(*every(Field.REFERENCE_MEDIA), *pictures),
    )


def _near(page: Page, group: int, reported: tuple[str, ...]) -> tuple[str, ...]:
    """The reported URLs that a record gives beside one work; all of them where it does not say."""
    own = tuple(a.value for a in page.document.answers if a.field is Field.INFRINGING_URL and a.group == group)
    return own if group and own else reported


def _of_letter(
    page: Page, reading: Reading, links: Links, reported: tuple[str, ...], pictures: tuple[str, ...]
) -> ClaimedWork:
    spans = page.answered("work", "work_title")
    described = " ".join(page.text[slice(*span)] for span in spans)
    if not described:
        telling = [s for s in page.own() if reading.words["work"].search(s.flat) and tells_of_work(reading, s)]
        sentence = next((s for s in telling if _title(page.text[s.start : s.end])), next(iter(telling), None))
        described = page.text[sentence.start : sentence.end] if sentence else ""
    described = " ".join(described.split())[:_LONGEST]
    mark = value_of(page, reading, "mark")[:_LONGEST]
    return ClaimedWork(
        id="w1",
        title=_title(described) or mark,
        description=described,
        kind=AssetKind.MARK if mark else AssetKind.OTHER,
        mark=mark,
        aliases=aliases_of(page, reading, value_of(page, reading, "aliases"), mark),
        classes=classes_of(page, reading, value_of(page, reading, "classes")) if mark else (),
        registration=value_of(page, reading, "registration")[:_LONGEST],
        office=value_of(page, reading, "office")[:_LONGEST],
        original_urls=_urls(links, UrlRole.ORIGINAL),
        reported_urls=reported,
        media=pictures,
    )


def tells_of_work(reading: Reading, sentence: Sentence) -> bool:
    """What a sentence says of the copy, or as a statement of law, is a work only if it is called one's own."""
    words = reading.words
    elsewhere = words["copy"].search(sentence.flat) or words["statement"].search(sentence.flat)
    return sentence.slot != "ticked" and (not elsewhere or words["own_work"].search(sentence.flat) is not None)


def _title(described: str) -> str:
    """The words in quotation marks that name a work; empty where none are."""
    for left, right in (('"', '"'), ("\u201c", "\u201d"), ("\u00ab", "\u00bb")):
        start = described.find(left)
        end = described.find(right, start + 1)
        if 0 <= start < end <= start + 150:
            return described[start + 1 : end].strip(" ,.")
    return ""


def _kind(said: str, mark: str) -> AssetKind:
    said = said.strip().lower()
    for kind in AssetKind:
        if kind.value in said:
            return kind
    if any(word in said for word in ("picture", "image")):
        return AssetKind.PHOTO
    return AssetKind.MARK if mark else AssetKind.OTHER


def _urls(links: Links, role: UrlRole) -> tuple[str, ...]:
    return tuple(reading.url for reading in links.readings if reading.role is role)
