"""Pages for people: plain HTML from templates beside this file, every value escaped, no script at all."""

from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

MEDIA_TYPE = "text/html"

_PROGRAMS = ("/v1/", "/healthz", "/metrics", "/openapi.json")

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["words"] = lambda code: str(code).replace("_", " ")
_ENVIRONMENT.filters["day"] = lambda at: f"{at.day} {at:%B %Y}"


def page(name: str, /, **facts: object) -> str:
    """A page as HTML."""
    return _ENVIRONMENT.get_template(name).render(facts)


def is_for_people(request: Request) -> bool:
    """Whether who asks reads pages: everything but the API proper."""
    return not request.url.path.startswith(_PROGRAMS)
