"""The application: routes, problems, headers, and an OpenAPI document that says all of it."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles

from noticedesk.api import answers, bodies, complaints, cures, forms, health, platform, preflight, status
from noticedesk.api.guard import Guard
from noticedesk.api.office import Office, office_of
from noticedesk.api.problems import HANDLERS, Mistake, Problem, refused
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.terms import Terms

ROUTERS = [
    complaints.router,
    status.router,
    preflight.router,
    platform.router,
    health.router,
    forms.router,
    cures.router,
]
"""The rooms of the API, in the order in which the document lists them."""


def create_app(desk: Desk, terms: Terms) -> FastAPI:
    """The API and the hosted forms of one desk; raises SettingError for terms that cannot be read."""
    # the documentation pages of the framework load scripts from elsewhere; the document itself is enough
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.office = office_of(desk, terms)
    for kind, handler in (HANDLERS | {RequestValidationError: _invalid}).items():
        app.add_exception_handler(kind, handler)
    for router in ROUTERS:
        app.include_router(router)
    app.webhooks.include_router(status.news)
    if terms.metrics:
        app.include_router(health.metrics)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    secure = (terms.public_url or "").startswith("https://")
    app.add_middleware(Guard, largest=terms.largest_bytes, secure=secure)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once; the form's schema is that of this desk's services."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="noticedesk",
            version="1",
            summary="Complaints of infringement of intellectual property, and answers to them",
            routes=app.routes,
            webhooks=app.webhooks.routes,
        )
        office = app.state.office
        assert isinstance(office, Office)
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas |= _of_form(tuple(service.id for service in office.desk.services))
        schemas |= answers.problem_schemas()
        _name_known(made["paths"]["/v1/check"]["post"]["parameters"], office.desk)
        app.openapi_schema = made
    return app.openapi_schema


def _name_known(parameters: list[dict[str, Any]], desk: Desk) -> None:
    """Says which services and regimes there are to choose from."""
    known = {"service": [one.id for one in desk.services], "regime": [one.id for one in desk.law]}
    for parameter in parameters:
        parameter["schema"] = {"type": "string", "enum": ["", *known[parameter["name"]]], "default": ""}


def _of_form(services: tuple[str, ...]) -> dict[str, Any]:
    made = _moved(bodies.schema(services))
    parts: dict[str, Any] = made.pop("$defs")
    return parts | {"Complaint": made}


def _moved(schema: Any) -> Any:
    """A schema whose references point to where OpenAPI keeps its parts."""
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in schema.items()
        }
    return [_moved(item) for item in schema] if isinstance(schema, list) else schema


async def _invalid(request: Request, error: Exception) -> Response:
    """A parameter that is not as published, told like every other mistake."""
    assert isinstance(error, RequestValidationError)
    mistakes = tuple(
        Mistake("#/" + "/".join(str(step) for step in one["loc"]), str(one["msg"])) for one in error.errors()
    )
    return await refused(request, Problem(422, "the request has mistakes", mistakes))
