"""Speech by turns: the lines of transcripts and interviews, each with who speaks.

Told from the text alone, so that the parser can be shown the speakers' names as it knows them:
"STEVEN HALE, HOST:" is read as "Steven Hale, host:". A page is read by turns only where labels
alternate and at least one of them is "Q" or "A", or a name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from loader.articles.outlets import outlet_like
from loader.extract.components.annotations import Offsets
from loader.extract.components.data import LISTS
from loader.extract.components.openings import is_salutation

_LINE = re.compile(r"[^\n]+")
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’&-]*"
_NAME = (
    rf"{_WORD}(?: (?:{_WORD}|(?:de|del|den|der|van|von|al|bin|ibn|la|le|da|dos|of|the)\b)){{0,4}}"
)
_LABEL = re.compile(
    rf"[\s\"]*(?P<name>(?:Q|A)(?=\d{{0,2}}\s?[:.)—-])|{_NAME})(?:\d{{1,2}})?"
    r"(?P<role>, ?[^:?!.\n]{2,60}| \([^()\n]{2,60}\))?\s?(?P<mark>[:.)—-])(?P<space>\s+|$)"
)
_QUESTION, _ANSWER = frozenset({"q", "question"}), frozenset({"a", "answer"})
_FULL = re.compile(rf"({_WORD}) (?=({_WORD}))")
_INITIALS = 2
_LEAST_TURNS = 3
_LEAST_SHARE = 0.25
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|me|my|we|we're|we've|our|us)\b")
_INTERVIEW = re.compile(
    r"\b(?:interview\w*|Q ?& ?A|Q and A|in conversation|questions (?:to|for|with)|"
    r"(?:talk|spoke|speaks?|sat|chat\w*)\w* (?:down )?(?:to|with)|asked (?:him|her|them)|"
    r"(?:edited|condensed) for (?:length|clarity))",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:interview|conversation|transcript|exchange|text)\b.{0,60}\b(?:edited|condensed|abridged|"
    r"translated|conducted|shortened|took place)|"
    r"(?:edited|condensed) for (?:length|clarity|brevity)|^copyright\b|^©|"
    r"^(?:interview|questions|reporting|translated|transcribed|as told) (?:by|to)\b",
    re.IGNORECASE,
)
_LONGEST_QUESTION = 40
"""Words of a question."""
_LONGEST_HEAD = 9
"""Lines above the first question."""
_MOST_PARAGRAPHS = 5
"""Paragraphs from one question to the next, on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says in one go, a stretch a paragraph.

    ``name`` is where the label names the speaker; None for "Q", "A" and questions without a label.
    """

    label: Offsets | None
    name: Offsets | None
    said: tuple[Offsets, ...]
    is_question: bool


_SPOKEN = re.compile(
    r"(?i)\b(?:i|you|we|he|she|they|it|me|us|them|this|that|is|are|was|were|am|be|been|have|has|had"
    r"|do|does|did|will|would|can|could|should|must|may|might|yes|yeah|well|ok|okay|what|how|why|who"
    r"|when|thanks?|hello|hi|let)\b|['’](?:s|re|m|ve|ll|d|t)\b|[?!]"
)
"""What talk has and a list of names with figures has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line: its label's name and role, a key for its speaker, and where its words begin."""

    start: int
    end: int
    text: str
    key: str = ""
    name: Offsets | None = None
    role: str | None = None
    words: int = 0

    @property
    def said(self) -> tuple[Offsets, ...]:
        return ((self.words, self.end),) if self.words < self.end else ()


def turns(text: str, outlets: Iterable[str] = ()) -> tuple[Turn, ...]:
    """Return the turns of a transcript or an interview, none of any other text.

    ``outlets`` are names under which the one who asks may appear.
    """
    lines = [_line(found) for found in _LINE.finditer(text) if found[0].strip()]
    labelled = _labelled(lines, text, {outlet.casefold() for outlet in outlets})
    if labelled and _is_talk([line for line in lines if line.key in labelled]):
        return tuple(_by_label(lines, labelled))
    return tuple(_by_question(lines))


def _is_talk(lines: list[_Line]) -> bool:
    """Whether half of the labelled lines are speech: a list of scores or charges is none."""
    talk = sum(_SPOKEN.search(line.text, line.words - line.start) is not None for line in lines)
    return 2 * talk >= len(lines)


def plain_labels(text: str, spoken: Iterable[Turn]) -> str:
    """Return ``text``, as long as before, its speakers' names in small letters with a capital.

    A surname stays in capitals where the text has it in no other way.
    """
    labels = [(turn.label, turn.name) for turn in spoken if turn.label and turn.name]
    names = [text[slice(*name)] for _, name in labels]
    full = {name.split()[-1] for name in names if " " in name}
    pieces, done = [], 0
    for ((start, end), name), word in zip(labels, names, strict=True):
        known = full or " " in word or _recased(word, len(word)) in text
        if word.isupper() and known:
            pieces += [text[done:start], _recased(text[start:end], name[1] - start)]
            done = end
    return "".join([*pieces, text[done:]])


def label_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens of the labels of ``doc``: they name who speaks, not who is spoken of."""
    labels = [turn.label for turn in doc._.turns if turn.label]
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in labels)
    return frozenset(token.i for span in spans if span is not None for token in span)


def single_labels(text: str, spoken: Iterable[Turn]) -> Iterator[str]:
    """Yield the labels of one word that are a speaker's name, not a part ("Host")."""
    for turn in spoken:
        name = text[slice(*turn.name)] if turn.name else ""
        plain = name[:1].isupper() and name.isalpha() and len(name) > _INITIALS
        if plain and name.casefold() not in LISTS("openings", "parts").words:
            yield name


def _recased(label: str, name: int) -> str:
    head = re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda found: _lower(found[0]), label[:name])
    head = re.sub(r"\bMc([a-z])", lambda found: "Mc" + found[1].upper(), head)
    return head + _lower(label[name:])


def _lower(text: str) -> str:
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)


def _line(found: re.Match[str]) -> _Line:
    text = found[0].strip()
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    end = start + len(text)
    label = _LABEL.match(text)
    if label is None or (label["mark"] != ":" and label["name"] not in {"Q", "A"}):
        return _Line(start=start, end=end, text=text, words=start)
    key = label["name"].split()[-1].strip(".").casefold()
    heads = {key, label["name"].casefold()} & _excluded()
    named = not heads or (" " in label["name"] and outlet_like(label["name"]))
    if not named or is_salutation(label["name"]):
        return _Line(start=start, end=end, text=text, words=start)
    first, last = label.span("name")
    return _Line(
        start=start,
        end=end,
        text=text,
        key=key,
        name=(start + first, start + last),
        role=label["role"],
        words=start + label.end(),
    )


@cache
def _excluded() -> frozenset[str]:
    return LISTS("openings", "fields").words


def _labelled(lines: list[_Line], text: str, outlets: set[str]) -> set[str]:
    """Return the labels by which the page is read, none if it is not read by turns."""
    counts = Counter(line.key for line in lines if line.key)
    if sum(counts.values()) < _LEAST_TURNS or len(counts) < 2:
        return set()
    if counts.keys() & _QUESTION and counts.keys() & _ANSWER:
        return set(counts)
    surnames = {last.casefold() for _, last in _FULL.findall(text)}
    named = {line.key for line in lines if line.name and _names(line, text, surnames, outlets)}
    turns = sum(counts[key] for key in named)
    if len(named) < 2 or turns < _LEAST_TURNS or all(counts[key] == 1 for key in named):
        return set()
    return named if turns >= _LEAST_SHARE * len(lines) else set()


def _names(line: _Line, text: str, surnames: set[str], outlets: set[str]) -> bool:
    """Tell whether a label is a name: in full, in capitals, with a role, or known to the text."""
    name = text[slice(*line.name)] if line.name else ""
    known = line.key in surnames or name.casefold() in outlets
    return known or " " in name or name.isupper() or line.role is not None


def _by_label(lines: list[_Line], labelled: set[str]) -> Iterator[Turn]:
    found: list[tuple[_Line, list[Offsets]]] = []
    before: list[_Line] = []
    for number, line in enumerate(lines):
        if number and line.key in labelled:
            found.append((line, list(line.said)))
        elif found and not _is_closing(line.text):
            found[-1][1].append((line.start, line.end))
        else:
            before.append(line)
    asking = _asking(found) | _QUESTION
    if any(line.key in asking for line, _ in found):
        yield from _unlabelled(before)
    for line, said in found:
        named = line.key not in _QUESTION | _ANSWER
        yield Turn(
            label=(line.start, line.words),
            name=line.name if named else None,
            said=tuple(said),
            is_question=line.key in _QUESTION or (line.key in asking and _only_asks(line, said)),
        )


def _unlabelled(lines: list[_Line]) -> Iterator[Turn]:
    """Yield the questions without a label, and what answers them."""
    asked = [i for i, line in enumerate(lines) if i and _is_question(line.text)]
    for number, at in enumerate(asked):
        end = asked[number + 1] if number + 1 < len(asked) else len(lines)
        below = [line for line in lines[at + 1 : end] if not _is_closing(line.text)]
        answer = tuple((line.start, line.end) for line in below)
        question = (lines[at].start, lines[at].end)
        yield Turn(label=None, name=None, said=(question,), is_question=True)
        if answer:
            yield Turn(label=None, name=None, said=answer, is_question=False)


def _asking(found: list[tuple[_Line, list[Offsets]]]) -> frozenset[str]:
    """Return the label of who asks, where two speak and one of them only asks."""
    turns = Counter(line.key for line, _ in found)
    asked = Counter(line.key for line, _ in found if line.text.endswith("?"))
    keys = {key for key in turns if asked[key] >= 0.6 * turns[key]}
    return frozenset(keys) if len(turns) == 2 and len(keys) == 1 else frozenset()


def _by_question(lines: list[_Line]) -> list[Turn]:
    """Read an interview whose questions are paragraphs without a label.

    It begins soon, its questions are short and come often, and answers are in the first person:
    an essay asks its reader now and then.
    """
    found = list(_unlabelled(lines))
    asked = [turn for turn in found if turn.is_question]
    replies = [turn for turn in found if not turn.is_question]
    if len(asked) < _LEAST_TURNS - 1 or not replies:
        return []
    head = [line for line in lines if line.start < asked[0].said[0][0]]
    if len(head) > _LONGEST_HEAD or len(asked) * _MOST_PARAGRAPHS < len(lines) - len(head):
        return []
    text = {line.start: line.text for line in lines}
    own = sum(any(_FIRST_PERSON.search(text[at]) for at, _ in turn.said) for turn in replies)
    announced = any(_INTERVIEW.search(line.text) for line in head)
    if announced:
        return found if own >= 0.3 * len(replies) else []
    return found if own >= 0.6 * len(replies) and len(asked) > _LEAST_TURNS else []


def _only_asks(line: _Line, said: list[Offsets]) -> bool:
    """Tell a question from a statement that leads to one."""
    return (
        len(said) <= 1 and line.text.endswith("?") and len(line.text.split()) <= _LONGEST_QUESTION
    )


def _is_closing(text: str) -> bool:
    """Tell a note on the making of an interview, and what a transcript notes in brackets."""
    return _MADE.search(text) is not None or (text[0] in "([" and text[-1] in ")]")


def _is_question(text: str) -> bool:
    return text.endswith("?") and text[0] not in "\"'" and len(text.split()) <= _LONGEST_QUESTION
