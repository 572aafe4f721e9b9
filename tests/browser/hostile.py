"""Texts that outsiders send to be run, to break a page, or to be mistaken for something else."""

_RUN = "window.pwned=1"

PAYLOADS: tuple[str, ...] = (
    f"<script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"--><script>{_RUN}</script><!--",
    f"<img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<math><mtext></p><img src=x onerror={_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<input autofocus onfocus={_RUN}>",
    f'" onmouseover="{_RUN}" x="',
    f"' onfocus='{_RUN}' autofocus='",
    f"javascript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    f'<a href="javascript:{_RUN}">click</a>',
    f'<form action="javascript:{_RUN}"><button>x',
    f"<div hx-get='/sign-out' hx-trigger='load' hx-on:load='{_RUN}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>body{display:none}</style>",
    "{{ 7*7 }}{% for x in range(9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "\u202egpj.exe\u202c refund\u200b\u2066 now",
    '=HYPERLINK("https://evil.example","click")',
    "W" * 4_000,
    "a\u0301" * 500 + "\x00\x08\x1b[31m",
)
"""Thirty of them; the soak test makes more by mixing."""

_FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1", "|calc", "%0A=1+1")
_WRAPS = ("{}", "Sunset {} print", '"><b>{}', "'/>{}<!--", "\u2067{}\u2069", "</bdi>{}<bdi>")
MANY: tuple[str, ...] = tuple(wrap.replace("{}", text) for text in (*PAYLOADS, *_FORMULAS) for wrap in _WRAPS)
"""More than two hundred: each of them bare, inside other words, and after what would close a tag or attribute."""
