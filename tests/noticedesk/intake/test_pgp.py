"""Text clear-signed with PGP."""

from noticedesk import intake
from noticedesk.intake.pgp import unwrapped
from tests.noticedesk.intake.cases import mail

SIGNED = """Before.
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Dear agent,
- - a list
- -----not armour-----
- From the owner
-----BEGIN PGP SIGNATURE-----
Version: Example

iQEcBAEBAgAGBQJ=
=0ev0
-----END PGP SIGNATURE-----
After.
"""
BARE = "Before.\nDear agent,\n- a list\n-----not armour-----\nFrom the owner\nAfter.\n"


def test_the_signed_words_are_read_without_their_armour() -> None:
    assert unwrapped(SIGNED) == BARE
    assert [document.text for document in intake.read(SIGNED.encode())] == [BARE]
    assert intake.read(mail(SIGNED))[0].text == BARE


def test_a_text_signed_twice_is_unwrapped_twice() -> None:
    twice = SIGNED.replace("Dear agent,", "- -----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nDear agent,")
    assert unwrapped(twice) == BARE


def test_armour_that_never_ends_is_read_all_the_same() -> None:
    assert "words" in intake.read(b"-----BEGIN PGP SIGNED MESSAGE-----\nwords")[0].text


def test_an_encrypted_text_goes_to_a_person() -> None:
    assert (
        "encrypted with PGP"
        in intake.read(b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----")[0].problem
    )
