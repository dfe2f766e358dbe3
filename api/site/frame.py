"""What all pages of the site have in common: headers, navigation, errors in the same frame."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import Headers, QueryParams
from starlette.types import Scope

from api.http.errors import ApiError, Code
from api.http.frame import SECURITY_HEADERS
from api.http.negotiation import best
from api.http.replies import Reply
from api.site.assets import Assets
from api.site.kinds import LISTS
from api.site.pages import Link, Site, render_message

_POLICY = (
    "default-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "worker-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
READING_HEADERS: Mapping[str, str] = {**SECURITY_HEADERS, "Content-Security-Policy": _POLICY}
"""For pages to be read: they run scripts and use styles of ours and nothing else."""

PAGE_HEADERS: Mapping[str, str] = {
    **SECURITY_HEADERS,
    "Content-Security-Policy": _POLICY.replace(
        "style-src 'self'", "style-src 'self' 'unsafe-inline'"
    ),
}
"""For the playground and the picture, whose libraries write styles of their own."""

_TITLES = {
    Code.NOT_FOUND: "Not found",
    Code.UNAUTHENTICATED: "A key is needed",
    Code.DATABASE_UNAVAILABLE: "The database does not respond",
    Code.OVERLOADED: "The server is busy",
    Code.QUERY_TIMEOUT: "This took too long",
    Code.BAD_USER_INPUT: "This address asks for something that does not exist",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFrame:
    """Makes the frame of a page for a request.

    Attributes:
        links: further ways into the graph for the foot of each page; a path counts from where the
            application stands.
        assets: the built front end.
        feeds: tells the names of the feeds there are now.
    """

    links: Sequence[Link]
    assets: Assets
    feeds: Callable[[], Sequence[str]] = field(default=tuple, repr=False)

    def site(self, scope: Scope) -> Site:
        """What every page shows, where the application stands for this request."""
        root = str(scope.get("root_path", "")).rstrip("/")
        query = QueryParams(scope.get("query_string", b"")).get("q", "")
        return Site(
            root=root,
            links=tuple(_below(root, link) for link in self.links),
            navigation=tuple(_below(root, link) for link in _navigation()),
            assets=self.assets,
            query=query[:500],
            feeds=tuple(
                Link(label=name, href=f"{root}/feeds/{quote(name)}.atom") for name in self.feeds()
            ),
        )

    def failure(self, error: ApiError, request: Request) -> Response:
        """The page that says why there is none."""
        page = _failure(error, self.site(request.scope))
        return html(page, status=error.status, headers=error.headers)

    def refusal(self, error: ApiError, scope: Scope) -> Reply | None:
        """The page for a reader who is refused; None for a program, which takes JSON."""
        if scope["method"] not in ("GET", "HEAD") or not for_reader(scope):
            return None
        page = _failure(error, self.site(scope))
        headers = {**READING_HEADERS, "Cache-Control": "no-store", **error.headers}
        return Reply(
            status=error.status, body=page.encode(), media_type="text/html", headers=headers
        )


def for_reader(scope: Scope) -> bool:
    """Whether a request prefers pages to data, as browsers do when an address is opened."""
    accept = Headers(scope=scope).get("accept", "")
    return best(accept, ("application/json", "text/html")) == "text/html"


def html(page: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page to be read, as an answer."""
    every = {**READING_HEADERS, "Cache-Control": "no-cache", **(headers or {})}
    return HTMLResponse(page, status_code=status, headers=every)


def _failure(error: ApiError, site: Site) -> str:
    title = _TITLES.get(error.code, "This page cannot be shown")
    return render_message(title, error.message, site)


def _navigation() -> list[Link]:
    lists = [Link(label=one.title, href=f"/{one.plural}") for one in LISTS]
    return [
        *lists,
        Link(label="Sources", href="/sources"),
        Link(label="Compare", href="/compare"),
        Link(label="Graph", href="/graph"),
        Link(label="Playground", href="/playground"),
    ]


def _below(root: str, link: Link) -> Link:
    return replace(link, href=root + link.href) if link.href.startswith("/") else link
