"""The ontology for machines: ``/ontology`` as it is, ``/ontology/1.0.0`` as it was published.

Where the ontology's own IRI is made to lead to a server, this is what it leads to.
"""

from fastapi import APIRouter, Request
from rdflib import Graph
from starlette.responses import Response

from api.errors import ApiError, Code
from api.negotiation import best
from ontology.releases import NAMES, ReleaseError, text

_TYPES = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "nt"}
_METHODS = ["GET", "HEAD"]


def router() -> APIRouter:
    """The routes of the ontology and the shapes, now and in their published versions."""
    routes = APIRouter(include_in_schema=False)

    def route(name: str) -> None:
        @routes.api_route(f"/{name}", methods=_METHODS)
        def now(request: Request) -> Response:
            return _told(request, name, None)

        @routes.api_route(f"/{name}/{{version}}", methods=_METHODS)
        def published(request: Request, version: str) -> Response:
            return _told(request, name, version)

    for name in NAMES:
        route(name)
    return routes


def _told(request: Request, name: str, version: str | None) -> Response:
    media_type = best(request.headers.get("accept"), tuple(_TYPES))
    if media_type is None:
        msg = f"The {name} is there as {', '.join(_TYPES)}: ask for one of them."
        raise ApiError(msg, code=Code.NOT_ACCEPTABLE, status=406)
    try:
        turtle = text(name, version)
    except ReleaseError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    if media_type != "text/turtle":
        graph = Graph().parse(data=turtle, format="turtle")
        turtle = graph.serialize(format=_TYPES[media_type])
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(turtle, media_type=media_type, headers=headers)
