"""Who wrote an article, as its byline says."""

import re
from dataclasses import dataclass

from loader.articles.data import LISTS
from loader.articles.dates import before_date, strip_dates
from loader.articles.names import clean_name, is_group, is_name
from loader.articles.outlets import (
    known_outlet,
    outlet_in_parts,
    outlet_like,
    without_outlet,
)

_ROLE = LISTS("names", "roles").alternatives
_LEAD = re.compile(
    r"\W{0,3}(?:(?:written|posted|reported|authored|published|compiled|edited and written|"
    r"submitted|"
    r"contributed|created|words|text|story|report|reporting|analysis|opinion|commentary|"
    r"column|essay|"
    r"review|interview|exclusive|guest post|post|article|feature|news|additional reporting)\s+by"
    r"|by|author(?:s|\(s\))?|writer|reporter|journalist|correspondent|byline"
    r"|from\s+(?:CNN|BBC|Reuters|AP|NBC|ABC|CBS)(?:['’]s)?)"
    r"(?:\s*[:\-–—|]\s*|\s+)(?P<rest>\S.*)",
    re.IGNORECASE,
)
_WEAK_LEAD = re.compile(
    r"\W{0,3}(?:author|writer|reporter|journalist|correspondent|news|from)\b", re.I
)
_SPLIT = re.compile(r"\s*(?:,?\s+(?:and|&|with|AND|WITH|And)\s+|,\s+|\s*;\s*|\s+[/]\s+|\s*&\s*)\s*")
_ROLE_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w’'-]*|of|and|in)\s+){0,4}?(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor|"
    r"[Cc]olumnist|[Cc]ontributor|[Jj]ournalist|[Aa]nalyst|[Pp]roducer|[Aa]nchor|[Cc]ritic|"
    r"[Ff]ellow|[Bb]logger|[Ii]ntern|WRITER|REPORTER|CORRESPONDENT|EDITOR|COLUMNIST|CONTRIBUTOR|CRITIC)"
    r"s?[,:]?\s+(?=[^\W\d_])"
)
_CUT = re.compile(
    r"\s*(?:[|•·»]|\s[–—\-]\s|\t|\s{3,}|\(|\[|@|\bwww\.|https?:|\bfor (?=the\b|[A-Z])|"
    r"\bat (?=[A-Z])|\bof (?=the\b|[A-Z])|\bis (?:an?|the)\b|\bwas (?:an?|the)\b|\bon (?=[A-Z\d])|"
    r"\b(?:updated|published|posted|last modified|read more|follow)\b)",
    re.IGNORECASE,
)
_BARE_CUT = re.compile(r"\s*(?:[|•·»]|\s[–—\-]\s|\t|\s{3,}|\(|\[|@|\breporting from (?=[A-Z]))")
_PLACE = re.compile(r"\s+(?:in|at|IN|AT)\s+(?=[A-Z])")
_CREW = re.compile(
    r"\W{0,3}(?:edited|produced|translated|photographed|illustrated|"
    r"(?:photograph|picture|illustration|translation|video)s?)\s+by\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"\s*(?:[–—]|--?)\s*(?P<name>[^\W\d_][^@(\d]{3,50})$")
_IN_TITLE = re.compile(
    r"(?P<title>.*\S)(?:\s+|\s*[–—\-|]\s*)(?P<cue>by|By|BY):?\s+(?P<name>[^\s,:;|][^,:;|]{2,60})$"
)
_PASSIVE = re.compile(
    r"\b(?:\w+(?:ed|wn|ught|ung|unk|orn|oken|osen|iven|aken|itten|idden|olen|ought)|"
    rf"{LISTS('names', 'participles').alternatives})"
    r"(?:\s+(?:up|down|out|off|over|on|in|away|back|apart|to death|dead|alive))?$",
    re.IGNORECASE,
)
_BEFORE_BY = re.compile(rf"\b(?:{LISTS('names', 'before_by').alternatives}|%|\d+)$", re.IGNORECASE)
_BIO = re.compile(
    r"(?:about the authors?:?\s+)?(?P<name>[^\W\d_][^,()]{3,45}?),?\s+"
    r"(?:\([^)]{0,60}\)\s+)?(?:(?:covers|writes|reports on|teaches|has written)\b|"
    r"(?:is|was|are|serves as|has been)\b.{0,200}?\b"
    rf"(?:{_ROLE}|author of|director|lecturer|scholar|columns|covers|writes|reports|researcher|"
    r"activist|veteran|historian|economist|lawyer|expert|student|scientist|teacher|"
    r"president of)\b)",
    re.IGNORECASE | re.DOTALL,
)
_FOLLOW = re.compile(
    r"\W?(?:you can )?(?:follow|contact|email|e-mail|reach(?: out to)?|"
    r"find) (?P<name>[^\W\d_][^@(]{3,45}?),? "
    r"(?:on (?:twitter|x|facebook|instagram|threads|bluesky|linkedin)|at |@|via )",
    re.IGNORECASE,
)
_SIGNED_REPORT = re.compile(
    r"\W?(?:additional )?(?:reporting|report|writing|written|"
    r"story)\s+(?:and \w+\s+)?by (?P<names>[^;.]+)",
    re.IGNORECASE,
)
_FILED = r"(?:reported|contributed|wrote)"
_NEXT = r"(?=\.|;|$|,? and [A-Z]|, [A-Z])"
_REPORTED_FROM = re.compile(
    rf"\W?(?P<first>[A-Z][^.;]{{3,50}}?) {_FILED}(?: (?:this|the) (?:story|article))? "
    rf"from [A-Z][^.;]{{2,60}}?{_NEXT}"
    rf"(?P<others>(?:(?:,? and|,) [A-Z][^.;,]{{3,50}}? (?:{_FILED} )?"
    rf"(?:from|in) [A-Z][^.;,]{{2,40}}?{_NEXT})*)"
)
_FROM = re.compile(rf"(?:^|,? and |, )(?P<name>[A-Z][^.;,]{{3,50}}?) (?:{_FILED} )?(?:from|in) ")
_CONTRIBUTED = re.compile(
    r"\W?[A-Z][^.]{3,160}\b(?:contributed (?:reporting|research|to (?:this|the))|reported from)\b"
)
_PRINTED_IN = re.compile(
    r"(?:published in (?:the )?[A-Z][^.,]{2,40},|(?:source|courtesy)\s*:\s*[A-Z][^.]{1,40}$)",
    re.IGNORECASE,
)
_SEPARATORS = " \t\xa0|,•·-–—"
_TOWNS = LISTS("names", "town_starts").words
_MAX_BYLINE = 240
_MAX_CREDIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class BylineLine:
    """What a byline says; spans count in its line. ``names`` is empty where it names no person."""

    names: tuple[tuple[str, tuple[int, int]], ...]
    outlet: str | None = None


def parse_byline(text: str) -> BylineLine | None:
    """Read a line that is a byline ("By Ann Lee, CNN", "Written by: X"), or give None."""
    if len(text) > _MAX_BYLINE:
        return None
    if _CREW.match(text):
        return BylineLine(names=()) if len(text.split()) <= 12 else None
    lead = _LEAD.match(text)
    if not lead:
        undated = strip_dates(text)
        lead = _LEAD.match(undated, len(undated) - len(undated.lstrip(_SEPARATORS)))
    if not lead:
        dated = strip_dates_keep(text)
        desk = dated != text and _is_desk(dated) and len(dated.split()) <= 3
        return BylineLine(names=()) if desk else None
    rest, offset = strip_dates_keep(lead["rest"]), lead.start("rest")
    weak = _WEAK_LEAD.match(lead[0]) is not None
    names = _names(rest, offset, least=2 if weak else 1)
    outlet = outlet_in_parts(rest)
    if not names and not outlet and not _is_desk(rest):
        return None
    if len(text.split()) > 30 or (text.rstrip().endswith(".") and len(text.split()) > 12):
        return None
    if weak and not names:
        return None
    return BylineLine(names=names, outlet=outlet)


def parse_bare_byline(text: str) -> BylineLine | None:
    """Read a line that is one or more names, with a role, a place or an outlet after them."""
    if len(text) > 120 or text[-1:] in "?!:;" or text[:1] in "\"“'‘":
        return None
    stripped = strip_dates_keep(text)
    if known_outlet(text):
        return None
    names = _names(stripped, 0, least=2, cut=_BARE_CUT)
    if not names or any(re.search(r"[’']s\b", name) for name, _ in names):
        return None
    return BylineLine(names=names, outlet=outlet_in_parts(stripped))


def parse_title_byline(title: str) -> tuple[int, BylineLine] | None:
    """Find "… by Ann Lee" at the end of a headline: where the headline ends, and the names.

    A passive ("shot down by Ukrainian Forces") names an agent, not an author.
    """
    found = _IN_TITLE.match(title)
    if not found:
        return None
    before = found["title"].rstrip()
    if before[-1] not in '?!.”"' and (_PASSIVE.search(before) or _BEFORE_BY.search(before)):
        return None
    names = _names(found["name"], found.start("name"), least=2)
    if not names or names[-1][1][1] < len(title.rstrip()) or len(before.split()) < 2:
        return None
    return len(before), BylineLine(names=names)


def parse_bio(text: str) -> tuple[str, tuple[int, int]] | None:
    """Find the author in a closing note: "Ann Lee is a fellow at …", "Follow Ann Lee on …"."""
    if len(text) > 1_200:
        return None
    found = _FOLLOW.match(text) or _BIO.match(text)
    if not found or not is_name(found["name"]):
        return None
    return clean_name(found["name"]), found.span("name")


def parse_signed_report(text: str) -> BylineLine | None:
    """Read a closing credit: "Reporting by Ann Lee; editing by Bo Day"; editors are not authors."""
    if len(text) > _MAX_CREDIT:
        return None
    found = _SIGNED_REPORT.match(text)
    if not found:
        return _reported_from(text)
    names = _names(found["names"], found.start("names"), least=2)
    return BylineLine(names=names) if names else None


def _reported_from(text: str) -> BylineLine | None:
    """Read "Ann Lee reported from Paris and Bo Day from London"."""
    found = _REPORTED_FROM.match(text)
    if not found:
        return None
    names = list(_names(found["first"], found.start("first"), least=2))
    for other in _FROM.finditer(found["others"]):
        names += _names(other["name"], found.start("others") + other.start("name"), least=2)
    return BylineLine(names=tuple(names)) if names else None


def strip_lead(text: str) -> str:
    """Return a byline without the "By" or "Written by:" that leads it."""
    lead = _LEAD.match(text)
    return lead["rest"] if lead and not _WEAK_LEAD.match(lead[0]) else text


def strip_role(text: str) -> str:
    """Return a name without the role before it: "Staff Writer Ann Lee"."""
    role = _ROLE_BEFORE.match(text)
    return text[role.end() :] if role and is_name(text[role.end() :]) else text


def parse_signature(text: str) -> BylineLine | None:
    """Read the name that signs an article on its last line: "— Ann Lee"."""
    found = _SIGNATURE.match(text) if len(text) < 60 else None
    names = _names(found["name"], found.start("name"), least=2) if found else ()
    return BylineLine(names=names) if names else None


def is_closing_note(text: str) -> bool:
    """Tell whether a line is what stands below an article about its making."""
    if len(text) > 1_200:
        return False
    return (
        parse_bio(text) is not None
        or parse_signed_report(text) is not None
        or (len(text) < 300 and _CONTRIBUTED.match(text) is not None)
        or (len(text) < 90 and _PRINTED_IN.match(text) is not None)
    )


def is_role_line(text: str) -> bool:
    """Tell whether a line is the author's role: "Senior Correspondent", "Staff Writer"."""
    words = text.split()
    return (
        1 <= len(words) <= 6
        and len(text) <= 60
        and re.search(rf"\b(?:{_ROLE})s?\b", text, re.IGNORECASE) is not None
        and text[0].isupper()
        and text[-1] not in ".?!:"
        and all(
            word[0].isupper()
            or word in {"of", "at", "for", "and", "the", "in"}
            or re.fullmatch(rf"(?:{_ROLE})s?,?", word)
            for word in words
        )
    )


def strip_dates_keep(text: str) -> str:
    """Blank the dates of a byline, and from the first on everything after it."""
    return before_date(text).ljust(len(text))


def _is_desk(text: str) -> bool:
    """Tell whether the author is a desk: "Staff", "Editorial Board", "admin"."""
    first = re.split(r"[,|•·]|\s[–—\-]\s", text)[0].strip()
    return is_group(first) and len(first.split()) <= 4 and not text.rstrip().endswith(".")


def _names(
    text: str, offset: int, *, least: int, cut: re.Pattern[str] = _CUT
) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return the names that ``text`` starts with; after "and", what is no name voids them all."""
    end_of_names = cut.search(text)
    head = text[: end_of_names.start()] if end_of_names else text
    names: list[tuple[str, tuple[int, int]]] = []
    position, joined, placed = 0, False, False
    for separator in [*_SPLIT.finditer(head), None]:
        end = separator.start() if separator else len(head)
        part, *place = _PLACE.split(head[position:end], maxsplit=1)
        raw = part.strip().rstrip(" ,:")
        if raw:
            start = position + head[position:end].index(raw)
            start += len(raw) - len(raw := strip_role(raw))
            raw = without_outlet(raw)
            if outlet_like(raw) or is_group(raw) or is_role_line(raw):
                break
            if placed and not place and (not joined or raw.split()[0].casefold() in _TOWNS):
                break  # "in Austin, New Mexico", "in London and Hong Kong"
            if not is_name(raw, least=least if not names else 2):
                return () if joined and not placed else tuple(names)
            names.append((clean_name(raw), (offset + start, offset + start + len(raw))))
            placed = bool(place)
        if separator:
            joined = re.search(r"and|with|&", separator[0], re.IGNORECASE) is not None
            position = separator.end()
    return tuple(names)
