"""The ontology for machines: ``/ontology`` as it is, ``/ontology/1.0.0`` as it was published.

Where the ontology's own IRI is made to lead to a server, this is what it leads to.
"""

from functools import cache

from fastapi import APIRouter, Request
from rdflib import Graph
from starlette.responses import Response

from api.http.errors import ApiError, Code
from api.rdf.representations import RDF_TYPES, chosen
from ontology.releases import NAMES, ReleaseError, text

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
    media_type = chosen(request.headers.get("accept"), tuple(RDF_TYPES), f"The {name}")
    try:
        body = _written(name, version, media_type)
    except ReleaseError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(body, media_type=media_type, headers=headers)


@cache
def _written(name: str, version: str | None, media_type: str) -> str:
    turtle = text(name, version)
    if media_type == "text/turtle":
        return turtle
    graph = Graph().parse(data=turtle, format="turtle")
    return graph.serialize(format=RDF_TYPES[media_type])
