"""Reprints of reports with known origins: what outlets do to an agency's copy, by a seed.

Two rewriters work by different means, so that what was tuned on one is measured on the other.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

AGENCIES = ("Reuters", "AP", "AFP", "Xinhua", "UPI", "dpa")
_NAMES = {"AP": "Associated Press"}
_CITIES = ("LONDON", "PARIS", "GENEVA", "CAIRO", "OSLO", "LIMA", "ROME", "DELHI")
_LEADS = (
    "Readers have followed the matter for some days, and there is no end in sight.",
    "It was one of the subjects that people talked about at the end of the week.",
    "Questions remain after a day on which much was said and little was settled.",
    "Here is what is known so far, and what remains to be seen.",
    "The affair has kept those who are concerned with it busy for quite some time.",
    "More is expected to come out in the days ahead.",
)
_HEADLINES = (
    "What we know so far",
    "A question that will not go away",
    "After a long day, few answers",
    "The story behind the news",
    "Concern grows as facts come in",
    "Doubts remain among those concerned",
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_QUOTED = re.compile(r'("[^"]+"|“[^”]+”)')
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_SYNONYMS = """
found=discovered discovered=found near=close-to began=started started=began many=numerous
people=persons after=following before=prior-to during=in-the-course-of while=whereas because=since
also=as-well big=large large=sizeable small=little new=recent recent=latest several=various
various=several used=employed uses=employs using=employing made=produced make=produce get=obtain
got=obtained give=provide gave=provided given=provided show=reveal shows=reveals showed=revealed
help=assist helped=assisted helps=assists need=require needs=requires needed=required
want=wish wants=wishes wanted=wished house=home home=house country=nation nation=country
city=town town=city area=region region=area street=road road=street car=vehicle work=labour
worked=laboured children=kids child=kid about=around around=roughly over=more-than under=below
between=amid against=opposed-to first=initial last=final next=following old=aged high=elevated
low=reduced long=lengthy short=brief important=significant major=main main=principal
however=still although=though until=up-to since=ever-since only=merely very=highly often=frequently
never=at-no-time always=at-all-times today=this-day later=afterwards early=initial held=conducted
took=seized taken=seized take=seize went=travelled came=arrived come=arrive left=departed
became=turned become=turn set=put put=placed part=portion parts=portions group=body groups=bodies
member=participant members=participants plan=scheme plans=schemes law=statute rules=regulations
public=general private=personal free=open end=finish ended=finished death=demise killed=slain
died=perished attack=assault attacks=assaults war=conflict police=officers court=tribunal
money=funds cost=price costs=prices pay=remunerate paid=remunerated report=account reports=accounts
event=occasion events=occasions which=that who=that such=like some=certain most=the-bulk-of
more=further less=fewer other=different others=different-ones own=particular same=identical
in=within into=inside of=belonging-to on=upon at=by with=alongside from=out-of by=through
for=on-behalf-of
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A page: ``origin`` is where its claims are from, ``left`` whether anything shows it."""

    name: str
    text: str
    origin: str
    left: bool


Rewrite = Callable[[str, random.Random], str]


@cache
def _synonyms() -> dict[str, str]:
    pairs = (entry.partition("=") for entry in _SYNONYMS.split())
    return {word: other.replace("-", " ") for word, _, other in pairs}


def by_synonyms(sentence: str, chosen: random.Random) -> str:
    """Other words for those that have some, and a word more here and there."""
    words = []
    for word in sentence.split(" "):
        bare = word.strip(",.;:()")
        other = _synonyms().get(bare)
        words.append(word.replace(bare, other, 1) if other and chosen.random() < 0.9 else word)
        if chosen.random() < 0.06 and bare.islower():
            words.append(chosen.choice(("indeed", "then", "there", "apparently", "in fact")))
    return " ".join(words)


def by_order(sentence: str, chosen: random.Random) -> str:
    """Clauses in another order, small words left out, what "and" joins the other way round."""
    body, end = sentence.rstrip(".!?"), sentence[len(sentence.rstrip(".!?")) :]
    clauses = [clause.strip() for clause in re.split(r",|;| – ", body) if clause.strip()]
    chosen.shuffle(clauses)
    kept = []
    for clause in clauses:
        turned = re.sub(r"\b([\w-]+) and ([\w-]+)\b", r"\2 and \1", clause)
        words = [
            word
            for word in turned.split(" ")
            if word.lower() not in {"the", "a", "an", "that", "which", "has", "have", "was", "were"}
            and chosen.random() > 0.1
        ]
        half = len(words) // 2
        kept.append(" ".join(words[half:] + words[:half] if len(words) > 8 else words))
    return ", ".join(kept) + end


def afresh(sentence: str, chosen: random.Random) -> str:
    """What another reporter says of the same things: the same names and words, no phrase."""
    words = sentence.split(" ")
    pieces = []
    while words:
        size = chosen.randint(2, 4)
        pieces.append(words[:size])
        words = words[size:]
    order = list(range(len(pieces)))
    for _ in range(100):
        chosen.shuffle(order)
        if all(second - first != 1 for first, second in pairwise(order)):
            break
    else:
        order.reverse()
    return " ".join(word for place in order for word in pieces[place])


REWRITERS: dict[str, Rewrite] = {"synonyms": by_synonyms, "order": by_order}


def chains(
    texts: dict[str, str], rewrite: Rewrite, seed: int
) -> Iterator[tuple[str, list[Reprint]]]:
    """Yield for each of ``texts`` (reports by name) the pages that came of it, with their origins.

    Two agencies report one event, and each has its reprints; both quote the same people.
    """
    for number, (name, text) in enumerate(sorted(texts.items())):
        yield name, _chain(name, text, rewrite, random.Random(f"{seed} {number} {name}"))


def _chain(name: str, text: str, rewrite: Rewrite, chosen: random.Random) -> list[Reprint]:
    title, *rest = [part.strip() for part in text.split("\n\n") if part.strip()]
    body = [part for part in rest if len(part) > 60 and not part.startswith('"Sources')]
    agency, rival, third = chosen.sample(AGENCIES, 3)
    outlet = _NAMES.get(agency, agency)
    anchor = chosen.choice([i for i, part in enumerate(body) if _quotes(part)] or [0])
    other = [_rewritten(part, rewrite, chosen) for part in body]
    around = _around(body, anchor, chosen)
    half = len(body) // 2
    made: list[Reprint] = []

    def page(
        kind: str, parts: Sequence[str], origin: str, *, left: bool = True, head: str = ""
    ) -> None:
        title_of = head or f"{chosen.choice(_HEADLINES)} ({kind})"
        made.append(
            Reprint(
                name=f"{name}-{kind}.txt",
                text="\n\n".join([title_of, *parts]) + "\n",
                origin=f"{name}-{origin}",
                left=left,
            )
        )

    def dateline(by: str) -> str:
        return chosen.choice((f"{chosen.choice(_CITIES)} ({by}) — ", f"({by}) - "))

    fact = (
        f"the committee of inquiry would hear {chosen.randint(12, 90)} more witnesses"
        f" in {chosen.choice(_CITIES).title()} before the end of the month"
    )
    page(
        "wire",
        [dateline(agency) + body[0], *body[1:], f"Officials said {fact}."],
        "first",
        head=title,
    )
    relayed = f"{outlet} reported that officials said {fact}."
    page("relayed", [chosen.choice(_LEADS), relayed, chosen.choice(_LEADS)], "first")
    page("lead", [chosen.choice(_LEADS), *body[1:]], "first")
    page("cut", around, "first", left=_tells(around))
    page("cut-credited", [f"By {outlet}", *around], "first")
    page("reworded-credited", [chosen.choice(_LEADS), *other, f"— {outlet}"], "first")
    half_kept = [
        part if place % 2 == anchor % 2 else other[place] for place, part in enumerate(body)
    ]
    page("reworded-half", half_kept, "first", left=_tells(body[anchor % 2 :: 2]))
    page(
        "helped",
        [chosen.choice(_LEADS), *other[: anchor + 2], f"With reporting by {outlet}"],
        "first",
    )
    page("paraphrase", [chosen.choice(_LEADS), *other], "paraphrase", left=False)
    turned = [_rewritten(part, afresh, chosen) for part in body]
    chosen.shuffle(turned)
    page(
        "rival",
        [dateline(rival) + turned[0], *turned[1:], f"Officials said {fact}."],
        "second",
    )
    page("rival-lead", [chosen.choice(_LEADS), *turned[1:]], "second")
    page("rival-credited", [turned[0], turned[-1], *_quoting(turned), f"({rival})"], "second")
    if half > 1:
        for kind, parts, origin in (
            ("story", body[:half], "third"),
            ("other", body[half:], "fourth"),
        ):
            told = [_rewritten(part, afresh, chosen) for part in (*parts, *_quoting(body))]
            page(f"{kind}-of-agency", [dateline(third) + told[0], *told[1:]], origin)
    return made


def _tells(parts: Sequence[str]) -> bool:
    """Whether a passage is left: two sentences of the reporter's own."""
    plain = (_SENTENCE.split(part) for part in parts if not re.search(r'["“”]', part))
    return sum(len(one.split()) >= 12 for found in plain for one in found) >= 2


def _quotes(part: str) -> bool:
    return bool(re.search(r'["“][^"”]{40,}["”]', part))


def _quoting(body: Sequence[str]) -> list[str]:
    """The paragraphs that quote somebody at length."""
    return [part for part in body if _quotes(part)][:2]


def _around(body: Sequence[str], anchor: int, chosen: random.Random) -> list[str]:
    first = max(0, anchor - chosen.randint(1, 2))
    return list(body[first : anchor + chosen.randint(2, 3)])


def _rewritten(part: str, rewrite: Rewrite, chosen: random.Random) -> str:
    """A paragraph in other words; what it quotes stays, with a few words for who says it."""
    told = []
    for place, piece in enumerate(_QUOTED.split(part)):
        if place % 2 or len(piece.split()) < 4:
            told.append(piece)
            continue
        before, words, after = _EDGES.fullmatch(piece).groups()  # type: ignore[union-attr]
        sentences = (rewrite(sentence, chosen) for sentence in _SENTENCE.split(words))
        told.append(before + " ".join(sentences) + after)
    return "".join(told)
