"""The representation of a thing that a client is sent, or why there is none it takes."""

from collections.abc import Sequence

from api.http.errors import ApiError, Code
from api.http.negotiation import best

RDF_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}
"""The media types that a description is offered in, and how rdflib names them."""


def chosen(accept: str | None, offered: Sequence[str], what: str) -> str:
    """The media type of ``offered`` that ``accept`` prefers.

    Raises:
        ApiError: it takes none of them; the message names ``what``, such as "The ontology".
    """
    found = best(accept, offered)
    if found is None:
        msg = f"{what} is available as {', '.join(offered)}; request one of these."
        raise ApiError(msg, code=Code.NOT_ACCEPTABLE, status=406)
    return found
