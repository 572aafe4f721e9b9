"""Names of hosts: the public suffix from the list that ships with tldextract, and punycode as people see it."""

from functools import cache

import tldextract


@cache
def suffixes() -> tldextract.TLDExtract:
    """The list of suffixes that ships with the library; nothing is fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def decoded(label: str) -> str:
    """A label as people see it; one that is no punycode as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
