"""What our own mail server found out about a sender: the aligned DKIM signature in its Authentication-Results."""

import re

_COMMENT = re.compile(r"\([^()]*\)")
_PASSED = re.compile(r"^\s*dkim\s*=\s*pass\b", re.IGNORECASE)
_DOMAIN = re.compile(r"\bheader\.(?:d\s*=\s*|i\s*=\s*[^\s;@]*@)\"?([\w.-]+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+([\w.-]+)", re.IGNORECASE)


def dkim_domain(headers: list[tuple[str, str]], sender: str, servers: tuple[str, ...]) -> str:
    """The signing domain that one of our servers passed and that stands for the sender's; else the empty string.

    Only the topmost Authentication-Results of a server in `servers` counts, and only above the first hop that is not
    ours; such a server has to remove foreign headers that carry its name (RFC 8601, section 5).
    """
    of_sender = sender.rpartition("@")[2]
    for domain in _passed_domains(headers, servers):
        if of_sender and _stands_for(domain, of_sender):
            return domain
    return ""


def _passed_domains(headers: list[tuple[str, str]], servers: tuple[str, ...]) -> list[str]:
    for key, value in headers:
        if key == "received" and not _is_ours(value, servers):
            return []
        if key == "authentication-results":
            identity, _, results = _without_comments(value).partition(";")
            if identity.strip().split(" ")[0].lower() in servers:
                return _domains(results)
    return []


def _is_ours(received: str, servers: tuple[str, ...]) -> bool:
    by = _BY.search(received)
    return by is not None and by.group(1).lower() in servers


def _without_comments(value: str) -> str:
    """The value without comments in parentheses, which may be nested and may hold anything."""
    before = None
    while before != value:
        before, value = value, _COMMENT.sub(" ", value)
    return value


def _domains(results: str) -> list[str]:
    passed = (result for result in results.split(";") if _PASSED.match(result))
    return [match.group(1).lower() for result in passed for match in _DOMAIN.finditer(result)]


def _stands_for(signer: str, sender: str) -> bool:
    """Relaxed alignment (RFC 7489, section 3.1.1): the same registrable domain."""
    if sender == signer or sender.endswith(f".{signer}"):
        return "." in signer
    if not signer.endswith(f".{sender}"):
        return False
    return _registrable(signer) == _registrable(sender) != ""


def _registrable(domain: str) -> str:
    # Imported late: only a signer below the sender's own domain needs the public suffix list.
    import tldextract

    extract = tldextract.TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
    return extract(domain).top_domain_under_public_suffix
