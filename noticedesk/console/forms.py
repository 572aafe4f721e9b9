"""What a browser sends with a form, read no further than a form of ours can be long."""

from collections.abc import AsyncGenerator
from urllib.parse import parse_qs

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from noticedesk.console.visit import Sent
from noticedesk.desk.registry import proofs

MOST_BYTES = 512 * 1024
MOST_WITH_FILE = proofs.LARGEST + MOST_BYTES
MOST_FIELDS = 500
FORM, WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data"


class TooLong(ValueError):
    """More than a form of ours can be."""


async def read(request: Request, files: bool) -> Sent | None:
    """The fields of a form, with a file where the page takes one; None for what is no form or too long to be ours."""
    kind = request.headers.get("content-type", FORM).split(";")[0].strip().lower()
    try:
        if kind == FORM:
            body = b"".join([chunk async for chunk in _bounded(request, MOST_BYTES)])
            return Sent(parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
        return await _with_file(request) if kind == WITH_FILE and files else None
    except (ValueError, MultiPartException):
        return None


async def _with_file(request: Request) -> Sent:
    parser = MultiPartParser(
        request.headers,
        _bounded(request, MOST_WITH_FILE),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_BYTES,
    )
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    form = await parser.parse()
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            fields.setdefault(name, []).append(value)
    await form.close()
    return Sent(fields, files)


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > most:
            raise TooLong(f"more than {most:,} bytes")
        yield chunk
