"""Press releases: what the wire and the sender add to the text."""

import re
from collections.abc import Iterator, Sequence

_WIRE = re.compile(
    r"(?:[^\n]{0,100}?[\s(])?/?\s?(?:PR\s?Newswire|Business ?Wire|Globe ?Newswire|EIN Presswire|"
    r"ACCESS Newswire|Newsfile Corp|Marketwire(?:d)?|PRWEB|Cision|NewMediaWire|EurekAlert|"
    r"CNW|CNW Group|ACN Newswire|Media OutReach)\.?\s?(?:/|\)|--|—|–|:)[^\w“\"]{0,12}",
    re.IGNORECASE,
)
_TICKER = re.compile(
    r"\s?\((?:NASDAQ|NYSE|NYSE American|AMEX|LSE|AIM|TSXV?|ASX|OTC\w*|Euronext\w*|FRA|HKEX|SIX|"
    r"BSE|NSE|TSE|SGX|JSE|XETRA|Nasdaq \w+)\s*:\s*[^()]{1,60}\)"
    r"|\s?\((?-i:[A-Z][A-Za-z]{1,9}(?: [A-Z]\w{1,9}){0,2}\s?:\s?[A-Z0-9]{1,6}(?:[.-][A-Z0-9]{1,3})?"
    r"(?:[,;/] ?(?:[A-Z]\w{1,9}(?: [A-Z]\w{1,9})?\s?:\s?)?[A-Z0-9.]{1,8})*)\)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"(?:for (?:immediate )?(?:release|publication)|(?:press|news|media) (?:release|statement)|"
    r"embargoed (?:until|till|for)|under embargo)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"About\s+[A-Z0-9][^.!?]{1,80}:?$")
_AFTER = re.compile(
    r"(?:(?:media|press|investor|public|news)?\s?(?:relations\s)?contacts?\b|"
    r"forward[- ]looking statements?|cautionary (?:note|statement)|safe harbor|notes? to editors?|"
    r"SOURCE\s+[A-Z]|source\s*:|-?\s?ends\s?-?$|\W*(?:###|-30-)|about us$|"
    r"view original content|logo\s?[-–:]|for (?:more|further) information\b|"
    r"follow .{2,40} on\b)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w&.’'/-]*(?:,? (?:[A-Z][\w&.’'/-]*|of|and|de|&)){0,6}"
_LEGAL = (
    r",? \b(?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|Limited|Co|S\.?A|SE|AG|GmbH|A/S|AB|ASA|Oyj|"
    r"N\.?V|B\.?V|SpA|Pty)\b\.?"
)
_BEFORE_TICKER = re.compile(rf"(?:^|(?<=[\s“\"]))({_NAME})(?={_TICKER.pattern})", re.MULTILINE)
_NAMED_ABOUT = re.compile(rf"About ({_NAME}):?$")
_SOURCE = re.compile(rf"SOURCE:? ({_NAME})$")
_ACTS = (
    "today|announce|has|is|will|said|report|launch|unveil|introduce|complete|sign|open|appoint|"
    "release|publish|expand|acquire|raise|receive|win|name|join|call|urge|welcome"
)
_SUBJECT = re.compile(rf"(?:(?:Today|On \w+),? )?(?:The )?({_NAME})(?:,| \(| (?:{_ACTS})\w*\b)")
_SHORT = 120
_HEAD = 5


def wire_dateline(text: str) -> tuple[int, int] | None:
    """Return where a paragraph's dateline with the wire's name stands ("… /PRNewswire/ --")."""
    found = _WIRE.match(text)
    return (0, found.end()) if found else None


def tickers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text gives the exchange and the ticker behind a company's name."""
    for found in _TICKER.finditer(text):
        yield found.start() + (text[found.start()] == " "), found.end()


def is_release_line(text: str) -> bool:
    """Tell a line above a release that says what it is: "FOR IMMEDIATE RELEASE: 3 May 2023"."""
    return len(text) <= _SHORT // 2 and _RELEASE.match(text) is not None


def boilerplate(lines: Sequence[str]) -> int:
    """Return how many of an article's lines come before what every release of its sender ends with.

    All of them where the article is no press release.
    """
    head = lines[:_HEAD]
    if not any(_RELEASE.match(line) or wire_dateline(line) for line in head):
        return len(lines)
    for index, line in enumerate(lines):
        after = index >= _HEAD - 1 and len(line) < _SHORT and _AFTER.match(line)
        if after or (index > 1 and _ABOUT.match(line)):
            return index
    return len(lines)


def issuers(text: str) -> frozenset[str]:
    """Return the names of who issues a press release, and of companies with a ticker.

    They stand before a ticker, behind the wire's dateline, after "About" above the boilerplate
    and after "SOURCE" at the end; each also without its legal form.
    """
    found = {each[1] for each in _BEFORE_TICKER.finditer(text)}
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if any(_RELEASE.match(line) or wire_dateline(line) for line in lines[:_HEAD]):
        for line in lines:
            wire = wire_dateline(line)
            for pattern, start in ((_NAMED_ABOUT, 0), (_SOURCE, 0), (_SUBJECT, wire and wire[1])):
                named = pattern.match(line, start) if start is not None else None
                if named:
                    found.add(named[1])
    plain = {re.split(_LEGAL, name)[0].strip(" ,") for name in found}
    return frozenset(name for name in {*found, *plain} if len(name) > 1)
