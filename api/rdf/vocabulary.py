"""The ontology for machines: ``/ontology``, ``/shapes``, and the same under their version's number.

Where the ontology's IRI and its ``owl:versionIRI`` are made to lead to a server, this is what they
lead to.
"""

from functools import cache

from fastapi import APIRouter, Request
from rdflib import Graph
from starlette.responses import Response

from api.http.errors import ApiError, Code
from api.rdf.representations import RDF_TYPES, chosen
from ontology.model import load_model
from ontology.terms import FILES, turtle

_METHODS = ["GET", "HEAD"]


def router() -> APIRouter:
    """The routes of the ontology and the shapes, with and without their version."""
    routes = APIRouter(include_in_schema=False)

    def route(name: str) -> None:
        @routes.api_route(f"/{name}", methods=_METHODS)
        def current(request: Request) -> Response:
            return _told(request, name)

        @routes.api_route(f"/{name}/{{version}}", methods=_METHODS)
        def versioned(request: Request, version: str) -> Response:
            ours = load_model().version
            if version != ours:
                msg = f"There is no {name} {version}; the version here is {ours}."
                raise ApiError(msg, code=Code.NOT_FOUND, status=404)
            return _told(request, name)

    for name in FILES:
        route(name)
    return routes


def _told(request: Request, name: str) -> Response:
    media_type = chosen(request.headers.get("accept"), tuple(RDF_TYPES), f"The {name}")
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(_written(name, media_type), media_type=media_type, headers=headers)


@cache
def _written(name: str, media_type: str) -> str:
    text = turtle(name)
    if media_type == "text/turtle":
        return text
    return Graph().parse(data=text, format="turtle").serialize(format=RDF_TYPES[media_type])
