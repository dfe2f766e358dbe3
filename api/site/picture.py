"""A picture of a part of the graph, to look into: as a file of its own, or as a page of the API.

The file holds everything it needs, script, style, data and the articles' texts, so that it works
from a disk without a network; its content-security policy forbids it to ask for anything.
"""

import base64
import hashlib
from dataclasses import dataclass

from api.site.assets import Assets
from api.site.rendering import embedded, page

GRAPH = ("pages", "src/graph/main.ts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A class as the legend shows it: ``colour`` as #rrggbb, ``icon`` a name of the ontology's."""

    name: str
    label: str
    colour: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a node stands in a text: half-open spans in Unicode code points."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNode:
    """A node: ``kind`` names a :class:`Kind`, ``size`` is its importance, ``quote`` its full text.

    ``details`` are names and values to show beside it, ``href`` its page, if it has one.
    """

    id: str
    kind: str
    label: str
    size: float = 0
    quote: str = ""
    details: tuple[tuple[str, str], ...] = ()
    href: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEdge:
    """A relationship between two nodes of the picture."""

    source: str
    target: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureText:
    """An article's text, for passages to be read in."""

    id: str
    title: str
    byline: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Nodes, edges, and how they look.

    ``note`` is a line under the title, such as how much was left out; ``focus`` the node the
    picture is about; ``explore`` the address that, with a node's id appended, is the picture about
    that node (empty for a file). ``kinds`` come in the legend's order.
    """

    title: str
    kinds: tuple[Kind, ...]
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    focus: str | None = None
    note: str = ""
    explore: str = ""
    texts: tuple[PictureText, ...] = ()


def render_picture(picture: Picture, *, assets: Assets | None = None) -> str:
    """The picture as one HTML file that needs nothing else.

    Raises:
        MissingAssetsError: the front end has not been built.
    """
    assets = assets or Assets()
    entry = assets.entry(*GRAPH)
    script = _inside_script(assets.text(entry.script)) if entry.script else ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return page(
        "graph.html",
        title=picture.title,
        picture=picture,
        data=embedded(picture),
        inline_script=script,
        inline_styles=[assets.text(name) for name in entry.styles],
        licenses=_inside_script(assets.licenses(GRAPH[0])),
        policy=(
            f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
    )


def _inside_script(code: str) -> str:
    # The only text that ends a script element; in JavaScript it stands in strings alone, where
    # the backslash changes nothing.
    return code.replace("</script", "<\\/script")
