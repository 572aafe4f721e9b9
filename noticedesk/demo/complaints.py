"""All complaints of the demo, made for a running marketplace, and written as files for intake to fetch."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from noticedesk.demo import attacks, machines
from noticedesk.demo.complaint import Complaint, File, Telling
from noticedesk.demo.mails import mail, message_id
from noticedesk.demo.marketplace import Marketplace
from noticedesk.demo.webforms import form
from noticedesk.demo.wording import Case, case
from noticedesk.settings import read

_FOLDER = Path(__file__).parent / "data" / "complaints"
_SHEETS = ("copyright", "incomplete", "marks", "courses", "hostile")

_BEFORE = {1: timedelta(hours=6), 2: timedelta(hours=1)}
"""How long before now the first complaint of a wave came in; the others follow by the minute."""


def complaints(market: Marketplace, now: datetime) -> tuple[Complaint, ...]:
    """Every complaint about the listings of the marketplace, received in the hours before `now`, wave 1 first."""
    told = sorted(tellings(), key=lambda telling: telling.wave)
    return tuple(
        _complaint(telling, place, market, now - _BEFORE[telling.wave] + timedelta(minutes=place))
        for place, telling in enumerate(told, 1)
    )


def write(made: tuple[Complaint, ...], folder: Path, wave: int) -> list[Path]:
    """Writes the files of a wave into the folder, whole or not at all; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(file, folder) for complaint in made if complaint.wave == wave for file in complaint.files]


@cache
def tellings() -> tuple[Telling, ...]:
    """Every complaint as it is told in data/complaints, in the order of the files."""
    return tuple(telling for sheet in _SHEETS for telling in read(_FOLDER / f"{sheet}.yaml", tuple[Telling, ...]))


def _write(file: File, folder: Path) -> Path:
    path = folder / file.name
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(file.raw)
    return unfinished.rename(path)


def _complaint(telling: Telling, place: int, market: Marketplace, received: datetime) -> Complaint:
    told = case(telling, market)
    by_mail = telling.voice != "form" and not telling.raw
    return Complaint(
        id=telling.id,
        title=telling.title,
        wave=telling.wave,
        files=_files(told, f"{place:02d}-{telling.id}", received),
        truth=telling.truth,
        items=telling.offers,
        sender=told.writer.email if by_mail else "",
        message_id=_id_of(telling.id, told) if by_mail else "",
        answers=telling.answers,
    )


def _id_of(complaint: str, told: Case) -> str:
    return message_id(complaint, told.writer.domain)


def _files(told: Case, name: str, received: datetime) -> tuple[File, ...]:
    telling = told.telling
    if telling.raw == "garbage":
        return (File(f"{name}.pdf", attacks.garbage()),)
    if telling.raw == "xarf":
        return (File(f"{name}.json", machines.xarf(told, received)),)
    if telling.voice == "form":
        return (File(f"{name}.json", form(told)),)
    # Only a withdrawal is written as an answer: the seller and the second notice never saw the first one's id.
    answers = _id_of(telling.answers, told) if telling.voice == "retraction" else ""
    mails = [mail(told, received, path, answers) for path in range(telling.paths)] * telling.copies
    return tuple(File(f"{name}{'-again' * place}.eml", raw) for place, raw in enumerate(mails))
