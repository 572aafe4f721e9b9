"""Reads XARF reports (xarf.org), versions 1 to 4: JSON that says where what was seen, and who reports it.

XARF carries none of the statements that the law asks of a notice; what it has is put under the fields of a notice.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, NotMine
from noticedesk.intake.jsons import Json, at, objects, opens, parse
from noticedesk.intake.records import render
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Attachment, Document, Field

NAME = "xarf"

FIELDS = {
    "/report_id": Field.CASE_ID,
    "/timestamp": Field.OBSERVED_AT,
    "/reporter/org": Field.COMPLAINANT_COMPANY,
    "/reporter/contact": Field.COMPLAINANT_EMAIL,
    "/category": Field.RIGHT,
    "/type": Field.RIGHT,
    "/description": Field.MESSAGE,
    "/work_title": Field.WORK_TITLE,
    "/work_category": Field.WORK_KIND,
    "/rights_holder": Field.OWNER_NAME,
    "/infringing_url": Field.INFRINGING_URL,
    "/url": Field.INFRINGING_URL,
    "/original_url": Field.ORIGINAL_URL,
    "/legitimate_site": Field.ORIGINAL_URL,
    "/uploader_id": Field.ACCOUNT,
    "/uploader_info/username": Field.ACCOUNT,
    "/uploader_info/uploader_id": Field.ACCOUNT,
    "/trademark_violated": Field.MARK,
    "/affected_brand": Field.OWNER_NAME,
    "/trademark_details/registration_number": Field.REGISTRATION_NUMBER,
    "/trademark_details/jurisdiction": Field.REGISTRATION_OFFICE,
    "/trademark_registration": Field.REGISTRATION_NUMBER,
    "/infringing_content": Field.MATERIAL_DESCRIPTION,
    "/file_hash": Field.FILE_HASH,
    "/file_info/filename": Field.FILE_NAME,
    "/file_info/file_hash": Field.FILE_HASH,
    "/p2p_protocol": Field.PROTOCOL,
    "/swarm_info/info_hash": Field.FILE_HASH,
    "/source_port": Field.PORT,
}

# Versions 1 to 3.
OLDER_FIELDS = {
    "/ReporterInfo/ReporterOrg": Field.COMPLAINANT_COMPANY,
    "/ReporterInfo/ReporterOrgEmail": Field.COMPLAINANT_EMAIL,
    "/ReporterInfo/ReporterContactName": Field.COMPLAINANT_NAME,
    "/ReporterInfo/ReporterContactEmail": Field.COMPLAINANT_EMAIL,
    "/ReporterInfo/ReporterContactPhone": Field.COMPLAINANT_PHONE,
    "/OnBehalfOf/ComplainantOrg": Field.OWNER_NAME,
    "/OnBehalfOf/ComplainantOrgEmail": Field.OWNER_EMAIL,
    "/OnBehalfOf/ComplainantContactPhone": Field.OWNER_PHONE,
    "/Report/ReportType": Field.RIGHT,
    "/Report/Date": Field.OBSERVED_AT,
    "/Report/SourceIp": Field.IP_ADDRESS,
    "/Report/Source/IP": Field.IP_ADDRESS,
    "/Report/SourcePort": Field.PORT,
    "/Report/Source/Port": Field.PORT,
    "/Report/SourceUrl": Field.INFRINGING_URL,
    "/Report/Source/URL": Field.INFRINGING_URL,
    "/Report/InfringedMaterial": Field.WORK_TITLE,
    "/Report/MaterialType": Field.WORK_KIND,
    "/Report/FileName": Field.FILE_NAME,
    "/Report/FileHash": Field.FILE_HASH,
    "/Report/FileHash/HashValue": Field.FILE_HASH,
    "/Report/TrademarkedMaterial": Field.MARK,
    "/Report/RegistrationNumber": Field.REGISTRATION_NUMBER,
    "/Report/RegistrationOffice": Field.REGISTRATION_OFFICE,
    "/Report/AdditionalInfo": Field.MESSAGE,
}

# What each type of report has to locate the material by; the core fields and the other types are not asked for.
LOCATED_BY = {
    "copyright": "/infringing_url",
    "cyberlocker": "/infringing_url",
    "ugc_platform": "/infringing_url",
    "link_site": "/infringing_url",
    "trademark": "/infringing_url",
    "brand_infringement": "/url",
    "p2p": "/swarm_info",
    "usenet": "/message_info",
    "Copyright": "/Report/SourceUrl",
    "Trademark": "/Report/SourceUrl",
}

_PRIVATE = "_internal"
_BYTES = frozenset({"payload", "Data"})


def score(raw: bytes, name: str) -> float:
    """Sure by the key of the version (4), or by the keys of the reporter and the report (1 to 3), in JSON."""
    if not opens(raw):
        return 0.0
    return 0.7 if b'"xarf_version"' in raw or (b'"ReporterInfo"' in raw and b'"Report"' in raw) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document for each report; several may stand in a list."""
    reports = [report for report in objects(parse(decode(raw))) if _is_report(report)]
    if not reports:
        raise NotMine
    return tuple(_document(report) for report in reports)


def _is_report(report: Json) -> bool:
    return isinstance(at(report, "xarf_version"), str) or isinstance(at(report, "ReporterInfo"), dict)


def _document(report: dict[str, Json]) -> Document:
    rendering = Rendering()
    newer = "xarf_version" in report
    shown = {key: _without_bytes(value) for key, value in report.items() if key != _PRIVATE}
    render(shown, FIELDS if newer else OLDER_FIELDS, rendering)
    return Document(
        reader=NAME,
        text=rendering.text,
        answers=rendering.answers,
        attachments=tuple(_evidence(report)),
        problem=_unlocated(report),
    )


def _unlocated(report: dict[str, Json]) -> str:
    """Says what is missing when the report names no place, or a place that is none."""
    kind = at(report, "type") or at(report, "Report", "ReportType")
    pointer = LOCATED_BY.get(kind, "") if isinstance(kind, str) else ""
    value = at(report, *pointer.strip("/").split("/")) if pointer else None
    if not pointer:
        return ""
    if not value:
        return f"{pointer}: is missing, and says where the material is"
    return f"{pointer}: {value[:100]} is no address" if isinstance(value, str) and "." not in value else ""


def _without_bytes(value: Json) -> Json:
    """A value without the encoded files in it, which are listed as attachments instead."""
    if isinstance(value, dict):
        return {key: _without_bytes(item) for key, item in value.items() if key not in _BYTES}
    return [_without_bytes(item) for item in value] if isinstance(value, list) else value


def _evidence(report: dict[str, Json]) -> Iterator[Attachment]:
    items = at(report, "evidence") or at(report, "Report", "Attachment") or []
    for number, item in enumerate(objects(items), start=1):
        payload = at(item, "payload") or at(item, "Data")
        if isinstance(payload, str):
            content = _decoded(payload)
            kind = at(item, "content_type") or at(item, "ContentType")
            yield Attachment(
                name=f"evidence-{number}",
                media_type=kind if isinstance(kind, str) else "application/octet-stream",
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
            )


def _decoded(payload: str) -> bytes:
    """The bytes of a base64 text; what is none stays as it is, so that it is listed all the same."""
    try:
        return base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        return payload.encode("utf-8", "surrogatepass")
