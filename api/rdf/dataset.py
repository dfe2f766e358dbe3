"""What the data set is, for machines: VoID and DCAT, at ``/dataset`` and ``/.well-known/void``."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from neo4j import Driver
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, VOID, XSD
from starlette.responses import RedirectResponse, Response

from api.http.availability import InThread
from api.rdf.representations import RDF_TYPES, chosen
from ontology.iris import DATASET_ID, DEFAULT_BASE, iri
from ontology.model import load_model
from ontology.rdf.writing import FORMATS
from ontology.terms import ONTOLOGY
from queries import cypher
from queries.database import Database

_IANA = Namespace("https://www.iana.org/assignments/media-types/")


def router(
    database: Database,
    *,
    base: str = DEFAULT_BASE,
    sparql: bool = True,
    in_thread: InThread = run_sync,
) -> APIRouter:
    """The routes of the description, read by ``in_thread``.

    ``sparql``: whether ``/sparql`` is there to be named.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/dataset", methods=["GET", "HEAD"])
    async def dataset(request: Request) -> Response:
        # A browser asks for HTML first and takes anything: it gets Turtle, which can be read.
        media_type = chosen(request.headers.get("accept"), tuple(RDF_TYPES), "The description")
        # Where the client asked: what is no host in its header, starlette does not take for one.
        address = str(request.base_url).rstrip("/")
        graph = await in_thread(
            lambda: describe_dataset(
                database.driver,
                base=base,
                address=address,
                database=database.name,
                sparql=sparql,
            )
        )
        text = graph.serialize(format=RDF_TYPES[media_type])
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        return Response(text, media_type=media_type, headers=headers)

    @routes.api_route("/.well-known/void", methods=["GET", "HEAD"])
    async def void(request: Request) -> Response:
        root = str(request.scope.get("root_path", "")).rstrip("/")
        return RedirectResponse(f"{root}/dataset", status_code=303)

    return routes


def describe_dataset(
    driver: Driver,
    *,
    base: str = DEFAULT_BASE,
    address: str = DEFAULT_BASE,
    database: str | None = None,
    sparql: bool = True,
) -> Graph:
    """The description: what is in the data set, how much of it, in which words, and where.

    Args:
        driver: of the database.
        base: what the graph's IRIs begin with.
        address: where a client reaches the API: what is linked to lies below it.
        database: which database.
        sparql: whether ``/sparql`` is there to be named.
    """
    model = load_model()
    graph = Graph()
    graph.bind("ng", model.namespace)
    subject = URIRef(iri(DATASET_ID, base))
    page = URIRef(f"{address}/dataset")
    graph.add((page, RDF.type, VOID.DatasetDescription))
    graph.add((page, FOAF.primaryTopic, subject))
    graph.add((subject, RDF.type, VOID.Dataset))
    graph.add((subject, RDF.type, DCAT.Dataset))
    graph.add((subject, DCTERMS.title, Literal("newsgraph", lang="en")))
    about = "News articles, and who said what in them, word for word."
    graph.add((subject, DCTERMS.description, Literal(about, lang="en")))
    graph.add((subject, DCTERMS.conformsTo, URIRef(f"{ONTOLOGY}/{model.version}")))
    graph.add((subject, VOID.vocabulary, URIRef(model.namespace)))
    graph.add((subject, VOID.uriSpace, Literal(f"{base}/id/")))
    if sparql:
        graph.add((subject, VOID.sparqlEndpoint, URIRef(f"{address}/sparql")))
    for form in FORMATS.values():
        file = URIRef(f"{address}/export.{form.extension}")
        distribution = URIRef(f"{address}/dataset#{form.name}")
        graph.add((subject, VOID.dataDump, file))
        graph.add((subject, DCAT.distribution, distribution))
        graph.add((distribution, RDF.type, DCAT.Distribution))
        graph.add((distribution, DCAT.downloadURL, file))
        graph.add((distribution, DCAT.mediaType, _IANA[form.media_type]))
    _add_partitions(graph, subject, page, driver, database)
    return graph


def _add_partitions(
    graph: Graph, subject: URIRef, page: URIRef, driver: Driver, database: str | None
) -> None:
    """How many nodes of each class and relationships of each type, from the database's counts."""
    model = load_model()
    total = 0
    with driver.session(database=database, default_access_mode="READ") as session:
        for item in model.concrete:
            counted = session.run(cypher("export/count").format(label=item.label))
            nodes = counted.single(strict=True)["nodes"]
            total += nodes if item in model.keyed else 0
            part = URIRef(f"{page}#{item.label}")
            graph.add((subject, VOID.classPartition, part))
            graph.add((part, VOID["class"], URIRef(item.iri)))
            graph.add((part, VOID.entities, Literal(nodes, datatype=XSD.integer)))
        for name, term in sorted({(edge.type, edge.iri) for edge in model.relationships()}):
            counted = session.run(cypher("export/relationship_count").format(type=name))
            part = URIRef(f"{page}#{name}")
            graph.add((subject, VOID.propertyPartition, part))
            graph.add((part, VOID.property, URIRef(term)))
            edges = counted.single(strict=True)["edges"]
            graph.add((part, VOID.triples, Literal(edges, datatype=XSD.integer)))
    graph.add((subject, VOID.entities, Literal(total, datatype=XSD.integer)))
