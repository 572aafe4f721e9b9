"""Checks an evidence bundle, with nothing but Python 3.9 or newer: python3 verify.py [BUNDLE.zip or its folder].

It finds every changed, added, removed or renamed byte and file, and every break in the chain of the claim's events. It
cannot find that somebody made the whole bundle anew: for that, compare the seal with the one that the desk has logged
(event case.exported, detail manifest) or with a copy of the seal that was sent to you another way.
"""

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

MANIFEST, SEAL, EVENTS = "manifest.json", "seal.txt", "events.jsonl"
GENESIS = "0" * 64
MOMENT = (1980, 1, 1, 0, 0, 0)


def pack(files: dict[str, bytes]) -> bytes:
    """The archive of the files: the same bytes for the same files, so that nothing can hide between them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def seal(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a manifest of their digests, and the digest of that as the seal."""
    entries = {name: {"sha256": _sha256(data), "size": len(data)} for name, data in sorted(files.items())}
    manifest = json.dumps({"files": entries}, indent=1, sort_keys=True).encode()
    return {**files, MANIFEST: manifest, SEAL: f"{_sha256(manifest)}\n".encode()}


def problems(path: Path) -> list[str]:
    """What is wrong with a bundle; empty when it is what was made."""
    if path.is_dir():
        return of_files(
            {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}
        )
    return of_archive(path.read_bytes())


def of_archive(data: bytes) -> list[str]:
    """What is wrong with the bytes of an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception as error:  # whatever broken bytes make of a reader, the archive is not what was made
        return [f"the archive cannot be read: {error}"]
    found = of_files(files)
    if not found and pack(files) != data:
        found.append("the archive holds bytes that belong to none of its files")
    return found


def of_files(files: dict[str, bytes]) -> list[str]:
    """What is wrong with the files of a bundle."""
    if MANIFEST not in files or SEAL not in files:
        return ["the manifest or its seal is missing"]
    if files[SEAL] != f"{_sha256(files[MANIFEST])}\n".encode():
        return ["the manifest is not the one that was sealed"]
    expected = json.loads(files[MANIFEST])["files"]
    found = [f"{name} is missing" for name in expected if name not in files]
    found += [f"{name} was added" for name in files if name not in expected and name not in (MANIFEST, SEAL)]
    found += [
        f"{name} was changed"
        for name, entry in expected.items()
        if name in files and _sha256(files[name]) != entry["sha256"]
    ]
    return found + chain_breaks(files.get(EVENTS, b""))


def chain_breaks(lines: bytes) -> list[str]:
    """Every break in the chain of the events."""
    found, last = [], GENESIS
    for line in lines.decode().splitlines():
        row = json.loads(line)
        fields = {name: value for name, value in row.items() if name != "hash"}
        fields["details"], fields["person"] = json.loads(row["details"]), bool(row["person"])
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if _sha256(text.encode()) != row["hash"]:
            found.append(f"event {row['seq']}: its hash is not that of its content")
        if row["claim_prev"] != last:
            found.append(f"event {row['seq']}: the event before it was changed or left out")
        last = row["hash"]
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """Prints what is wrong, or that nothing is; 0 when the bundle holds."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    found = problems(path)
    for line in found or ["The bundle is whole, and the chain of its events holds."]:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
