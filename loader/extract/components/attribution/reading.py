"""One article as the rules see it: its tokens, its paragraphs, its quotations as token ranges."""

from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Token

from loader.extract.components.attribution import furniture
from loader.extract.components.attribution.lexicon import Lexicon, lexicon
from loader.extract.components.attribution.ranges import Range

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
FIRST_PERSON = frozenset({"i", "me", "my", "myself"})
LEAST_OWN_WORDS = 3
LONGEST_SENTENCE = 400
ADDRESS = FIRST_PERSON | {"we", "us", "our", "ours", "ourselves", "you", "your", "yours"}
LEAST_ADDRESS_SHARE = 0.015
TITLE_WORDS = frozenset(
    [
        "the",
        "of",
        "a",
        "an",
        "and",
        "in",
        "on",
        "to",
        "for",
        "with",
        "this",
        "at",
        "by",
        "from",
        "s",
        "'s",
    ]
)
WORKS = frozenset(
    [
        *("album", "article", "book", "column", "documentary", "episode", "essay", "exhibition"),
        *("film", "memoir", "novel", "paper", "play", "poem", "podcast", "report", "series"),
        *("song", "study", "entitled", "titled"),
    ]
)
LONGEST_TITLE = 18
SHORT_WORD = 4
BEFORE_TITLE = frozenset(
    [
        "'s",
        "'",
        "on",
        "in",
        "to",
        "the",
        "of",
        "titled",
        "and",
        "at",
        "book",
        "program",
        "show",
        "film",
        "documentary",
        "song",
        "host",
        "podcast",
        "newsletter",
        "blog",
        "magazine",
        "column",
        "poem",
        "play",
        "essay",
        "episode",
        "exhibition",
        "musical",
        "from",
        "with",
        "for",
        "via",
        "entitled",
        "called",
        "movie",
        "series",
        "album",
        "novel",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An outermost quotation: token ranges, marks included, one a paragraph."""

    parts: tuple[Range, ...]
    closed: bool

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Behind its last mark."""
        return self.parts[-1][1]


@dataclass(slots=True, kw_only=True)
class Candidate:
    """An attribution in the making. ``rule`` names the family that found it."""

    source: Range | None
    cue: Range | None
    content: list[Range]
    rule: str
    anchor: int
    via: Range | None = None
    carried: bool = False
    headline: bool = False
    parent: "Candidate | None" = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """What every rule needs to look up in constant time.

    ``openings`` gives, for each token of a label or dateline, where the line's own text begins;
    ``head`` holds the tokens of bylines and dates.
    """

    doc: Doc
    lexicon: Lexicon
    quotes: list[Quote]
    quote_at: list[int]
    paragraph: list[int]
    lines: list[Range]
    lemmas: list[str]
    sentence_at: list[int]
    sentences: list[Range]
    title_end: int
    is_essay: bool
    openings: dict[int, int]
    head: frozenset[int]
    candidates: list[Candidate] = field(default_factory=list)
    used_quotes: set[int] = field(default_factory=set)
    direct: dict[int, list[Range]] = field(default_factory=dict)
    adopted: dict[int, Token] = field(default_factory=dict)

    def is_quoted(self, at: int) -> bool:
        """Whether the token at ``at`` stands inside a quotation."""
        return self.quote_at[at] >= 0

    def lemma(self, at: int) -> str:
        """Return the lemma of the token at ``at``, in lower case."""
        return self.lemmas[at]

    def breaks(self, start: int, end: int) -> bool:
        """Whether a paragraph ends between two tokens."""
        return self.paragraph[start] != self.paragraph[min(end, len(self.paragraph) - 1)]

    def line(self, at: int) -> Range:
        """Return the token range of the paragraph that holds ``at``."""
        return self.lines[self.paragraph[at]]

    def sentence(self, at: int) -> Range:
        """Return the token range of the sentence that holds ``at``."""
        return self.sentences[self.sentence_at[at]]


def read(doc: Doc) -> Reading:
    """Prepare ``doc``, which has its quotations, for the rules."""
    quotes = _quotes(doc)
    quote_at = [-1] * len(doc)
    for number, quote in enumerate(quotes):
        for part in quote.parts:
            quote_at[part[0] : part[1]] = [number] * (part[1] - part[0])
    breaks = [token.i for token in doc if token.is_space and "\n" in token.text]
    paragraph, lines = _number(len(doc), breaks)
    opened = furniture.opened(doc, lines)
    sentence_at, sentences = _number(len(doc), _sentence_starts(doc, opened))
    return Reading(
        doc=doc,
        lexicon=lexicon(),
        quotes=quotes,
        quote_at=quote_at,
        paragraph=paragraph,
        lines=lines,
        lemmas=[_lemma(token) for token in doc],
        sentence_at=sentence_at,
        sentences=sentences,
        title_end=_title_end(doc),
        is_essay=_is_essay(doc, quote_at),
        openings=opened,
        head=furniture.head(doc),
    )


def _lemma(token: Token) -> str:
    lemma = token.lemma_.lower()
    return lexicon().lemmas.get(token.lower_, lemma) if token.pos_ == "VERB" else lemma


def _is_essay(doc: Doc, quote_at: list[int]) -> bool:
    """Whether the author speaks to the reader in the first person, outside of quotations."""
    spoken = [
        token.lower_
        for token in doc
        if token.pos_ == "PRON" and quote_at[token.i] < 0 and token.lower_ in ADDRESS
    ]
    own = sum(word in FIRST_PERSON for word in spoken)
    return own >= LEAST_OWN_WORDS and len(spoken) >= LEAST_ADDRESS_SHARE * len(doc)


def _sentence_starts(doc: Doc, opened: dict[int, int]) -> list[int]:
    """Return where sentences begin, without the parser's cuts behind a comma or a word.

    What runs on for longer than any sentence is cut, so that no rule's work grows with it.
    """
    starts = []
    last = 0
    for sentence in doc.sents:
        before = doc[sentence.start - 1]
        opens = opened.get(before.i) == sentence.start or before.is_space
        if sentence.start and (opens or not (before.is_alpha or before.text in ",;—-")):
            last = sentence.start
            starts.append(last)
        while sentence.end - last > LONGEST_SENTENCE:
            last += LONGEST_SENTENCE
            starts.append(last)
    return starts


def _number(length: int, starts: list[int]) -> tuple[list[int], list[Range]]:
    """Number the stretches that begin at ``starts``: the number at each token, and their ranges."""
    bounds = [0, *starts, length]
    ranges = list(pairwise(bounds))
    numbers = [number for number, (start, end) in enumerate(ranges) for _ in range(start, end)]
    return numbers, ranges


def _title_end(doc: Doc) -> int:
    """Return the first token behind the article's title, 0 where there is none."""
    article = doc._.article
    if article is None or article.title_span is None:
        return 0
    begin, end = article.title_span
    title = doc.char_span(begin, end, alignment_mode="expand")
    return 0 if title is None else title.end


def _quotes(doc: Doc) -> list[Quote]:
    quotes: list[Quote] = []
    for quotation in doc._.quotations:
        if quotation.depth:
            continue
        spans = [doc.char_span(a, b, alignment_mode="expand") for a, b in quotation.parts]
        parts = tuple((span.start, span.end) for span in spans if span is not None)
        if not quotation.closed:
            parts = _before_cue(doc, parts)
        if parts and parts[-1][1] - parts[0][0] > 2 and not _is_title(doc, parts[0]):
            quotes.append(Quote(parts=parts, closed=quotation.closed))
    return quotes


def _before_cue(doc: Doc, parts: tuple[Range, ...]) -> tuple[Range, ...]:
    """End a quotation that no mark closes before "…, Smith said", where the mark is missing."""
    for number, (start, end) in enumerate(parts):
        for i in range(start + 2, end - 2):
            if doc[i].text == "," and any(
                token.tag_ in ("VBD", "VBZ") and token.lemma_.lower() in lexicon().speech
                for token in doc[i + 1 : min(i + 6, end)]
            ):
                return (*parts[:number], (start, i + 1))
    return parts


def _is_title(doc: Doc, span: Range) -> bool:
    """Whether the marks hold the title of a work: on "Face the Nation", in "The Apprentice"."""
    start, end = span
    words = [doc[i] for i in range(start, end) if doc[i].is_alpha]
    if start and doc[start - 1].lower_ in WORKS and 0 < len(words) <= LONGEST_TITLE:
        return words[0].text[0].isupper() and all(
            word.text[0].isupper() or len(word) <= SHORT_WORD for word in words
        )
    return (
        0 < len(words) <= 6
        and start > 0
        and words[0].text[0].isupper()
        and all(word.text[0].isupper() or word.lower_ in TITLE_WORDS for word in words)
        and doc[start - 1].lower_ in BEFORE_TITLE
    )
