"""Files that nobody should open carelessly: made small, and harmless as long as they stay closed."""

import io
import random
import zipfile

ZEROS = 8 * 2**20
LAYERS = 3
COPIES = 12


def zip_bomb() -> bytes:
    """A zip file of about 100 KB that would unpack to 14 GB: zeros in zips in zips."""
    name, held = "notes.txt", bytes(ZEROS)
    for layer in range(LAYERS + 1):
        held = _zipped([f"{place}-{name}" for place in range(COPIES if layer else 1)], held)
        name = f"layer{layer}.zip"
    return held


def garbage() -> bytes:
    """Four thousand random bytes, the same every time."""
    return random.Random(4).randbytes(4000)


def _zipped(names: list[str], content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            # A ZipInfo without a date is of 1980, so that the bytes are the same every time.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
