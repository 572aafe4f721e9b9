"""Ways in which good bytes go bad, drawn by Hypothesis."""

from hypothesis import strategies as st

from tests.fuzz.samples import samples

SAMPLES = samples()

TOKENS = [
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r\n",
    b"\r",
    b"\n\n",
    b"--b0\n",
    b"--b0--\n",
    b"=?utf-8?b?/////w==?=",
    b"=?x-unknown?q?=FF?=",
    b"Content-Type: multipart/mixed; boundary=b0\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"charset=unknown-8bit",
    b"name*0*=utf-8''%FF; name*1=",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"<![CDATA[",
    b"]]>",
    b'{"',
    b"[[[[",
    b"1e999",
    b"\\u0000",
    b"\\ud800",
    b"\\'",
    b"{\\*\\",
    b"<< /Length 99999999 >>",
    b"endobj 1 0 obj",
    b"\x30\x80",
    b"10/11/2026",
    b"Date: Fri, 31 Feb 2099 25:61:61 +9999\n",
    b"a" * 5000,
    b"> " * 500,
]


@st.composite
def mutants(draw: st.DrawFn) -> tuple[bytes, str]:
    """A sample with some damage, and its file name."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    raw = SAMPLES[name]
    for _ in range(draw(st.integers(1, 6))):
        raw = _damaged(draw, raw)
    return raw, draw(st.sampled_from([name, "", "x.eml", "x.txt"]))


def _damaged(draw: st.DrawFn, raw: bytes) -> bytes:
    at = draw(st.integers(0, len(raw)))
    to = min(len(raw), at + draw(st.integers(0, 60)))
    how = draw(st.sampled_from(["cut", "drop", "token", "bytes", "twice", "splice"]))
    if how == "cut":
        return raw[:at]
    if how == "drop":
        return raw[:at] + raw[to:]
    if how == "token":
        return raw[:at] + draw(st.sampled_from(TOKENS)) + raw[at:]
    if how == "bytes":
        return raw[:at] + draw(st.binary(min_size=1, max_size=8)) + raw[to:]
    if how == "twice":
        return raw[:to] + raw[at:]
    other = SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]
    return raw[:at] + other[len(other) // 2 :]
