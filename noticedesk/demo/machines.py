"""What machines write: ACNS XML beside a letter, XARF reports, and tables of addresses."""

import csv
import io
import json
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from noticedesk.demo.wording import Case

_NAMESPACE = "http://www.acns.net/ACNS"


def acns(case: Case, seen: datetime) -> bytes:
    """The notice as ACNS 2.0 XML, version 1.2, with one item for each listing."""
    writer = case.writer
    root = Element("Infringement", xmlns=_NAMESPACE)
    _told(root, "Case", ID=f"case-{case.telling.id}", Status="Open", Severity="Normal")
    _told(
        root,
        "Complainant",
        Entity=writer.name,
        Contact=writer.person,
        Address=writer.address,
        Phone=writer.phone,
        Email=writer.email,
    )
    _told(root, "Service_Provider", Entity="Corner Marketplace")
    at = seen.isoformat(timespec="seconds")
    _told(root, "Source", TimeStamp=at, Type="HTTP", Number_Files=str(len(case.listings)))
    content = SubElement(root, "Content")
    for url in case.listings:
        _told(content, "Item", TimeStamp=at, Title=case.work, URL=url, Type="Image")
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def xarf(case: Case, seen: datetime) -> bytes:
    """The report as XARF 4 JSON; the format has no place for signature or statements."""
    writer = case.writer
    sender = {"org": writer.name, "contact": writer.email, "domain": writer.domain}
    report = {
        "xarf_version": "4.2.0",
        "report_id": "5d1f2c1e-8a37-4c52-9d0e-3b6f7a9c2e41",
        "timestamp": seen.isoformat(timespec="seconds"),
        "reporter": sender,
        "sender": sender,
        "source_identifier": "marketplace",
        "category": "copyright",
        "type": "copyright",
        "evidence_source": "automated_detection",
        "infringing_url": case.listings[0],
        "original_url": case.original,
        "work_title": case.work,
        "work_category": "image",
        "rights_holder": writer.name,
        "description": f"The listing shows our {case.work}, {case.what}.",
    }
    return json.dumps(report, indent=2).encode()


def table(case: Case) -> bytes:
    """A table (CSV) of the listings."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(["No.", "Infringing URL", "Work"])
    rows.writerows([place, url, case.work] for place, url in enumerate(case.listings, 1))
    return file.getvalue().encode()


def _told(parent: Element, name: str, **values: str) -> None:
    """An element with a child for each value that is not empty."""
    element = SubElement(parent, name)
    for tag, value in values.items():
        if value:
            SubElement(element, tag).text = value
