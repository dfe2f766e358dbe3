"""Pages pasted together from made-up articles of many shapes, with the cuts known.

Everything is drawn from a seeded generator: the same seed gives the same page. The prose is
nonsense with a vocabulary of its own for every subject, as real articles have.
"""

import random
from dataclasses import dataclass

_FIRST = (
    "James Maria Olena Wei Ahmed Sofia Pierre Kofi Ingrid Hiro Ann Raj Lucía Tomasz Fatima Yusuf "
    "Grace Dmitri Leila Noah Chiara Samuel Mei Oskar Amara Viktor Elif Jonas Priya Declan"
)
_LAST = (
    "Carter Lopez Kovalenko Zhang Hassan Rossi Dubois Mensah Larsen Tanaka Lee Patel O’Brien Novak "
    "Fischer Okafor Haddad Silva Morgan Petrov Yilmaz Weiss Cohen Reyes Bennett Sharma Quinn Ito"
)
_SUBJECTS = (
    "harbour|dockers crane freight container tariff shipping terminal cargo tonnage pilot|"
    "Rotterdam Odesa|Port Authority",
    "drought|reservoir farmer irrigation harvest rainfall crop aquifer well maize livestock|"
    "Nairobi Fresno|Water Council",
    "election|ballot candidate turnout coalition campaign voter poll precinct recount rally|Warsaw "
    "Quito|Electoral Commission",
    "missile|battery interceptor launch radar warhead drill brigade frontline drone artillery|"
    "Kharkiv Seoul|Defence Ministry",
    "vaccine|trial dose clinic outbreak patient virus laboratory booster infection nurse|Geneva "
    "Lagos|Health Agency",
    "chip|wafer foundry export licence lithography engineer supplier subsidy factory silicon|"
    "Taipei Dresden|Trade Bureau",
    "school|pupil teacher classroom curriculum exam tuition lesson headmaster playground textbook|"
    "Leeds Manila|Education Board",
    "bank|deposit lender bond liquidity regulator bailout depositor collateral branch loan|Zurich "
    "Nicosia|Central Bank",
    "wildfire|blaze evacuation firefighter hillside smoke helicopter ember forest ridge shelter|"
    "Athens Kelowna|Fire Service",
    "football|striker penalty stadium transfer referee derby goalkeeper tournament squad coach|"
    "Doha Turin|Football Federation",
    "telescope|galaxy mirror orbit spectrum astronomer launchpad comet instrument observatory dust|"
    "Tenerife Houston|Space Institute",
    "pipeline|gas compressor leak turbine contract storage barrel refinery valve winter|Baku "
    "Bremen|Energy Regulator",
)
_OUTLETS = ("Reuters", "CNN", "BBC News", "The Guardian", "Asia Times", "AP")
_VERBS = "warns rejects unveils delays approves questions cancels expands loses wins"
_SENTENCES = (
    "the {a} in {here} had been waiting for a {b} since the spring",
    "officials in {there} could not say when the {a} would return to normal",
    "{who} had spent months trying to persuade the {body} that the {a} was safe",
    "nobody expected the {a} to matter, but within days every {b} depended on it",
    "a report on the {a} found that one {b} in five lacked a working {c}",
    "prices for a {a} doubled, and the {b} followed",
    "the {body} declined to comment on the {a}, citing an open inquiry",
    "“We have never seen a {a} like this,” {who} said",
    "{who} told reporters that the {b} would be ready before the {c}",
    "according to {who}, the {a} cost more than the {b} and the {c} together",
    "“The {a} is only the beginning. After it comes the {b},” said {who}",
    "that {a} was gone by Monday",
    "few remember how {here} lived before the {a}, and fewer admit it",
    "it took a {b}, two lawyers and a good deal of luck to bring the {a} home",
    "critics call the {a} a scandal; its admirers call the {b} a triumph",
    "{who}, who once ran a {a} of her own, laughs at the idea",
    "the {a} arrived late, wet and without a {b}",
    "in the corridor of the {body}, a faded poster still praises the {a}",
    "documents obtained under freedom of information law show that the {b} was known to fail",
    "“Ask anyone in {there} about the {a} and they will show you a {b},” {who} wrote",
    "whether the {a} survives depends on a vote that {who} may well lose",
    "insurers refused the {a}, then the {b}, then everything else on the list",
    "by the river a {a} rusts quietly beside the abandoned {b}",
    "{who} denies that any {a} was ever promised to {there}",
    "the minister praised the {a} on Thursday and forgot the {b} by the weekend",
    "there is, of course, another way to look at the {a}: as a {b} without a {c}",
    "economists at the {body} put the damage from the {a} at three billion dollars",
    "“My grandfather built a {a}. I sell the {b},” {who} said with a shrug",
    "analysts had predicted the opposite: a cheaper {a}, a slower {b}, a calmer {c}",
    "every morning before dawn, {who} walks past the {a} to open the {b}",
    "the court ordered the {body} to publish its correspondence about the {a}",
    "sanctions hit the {a} hardest, though the {b} felt them first",
    "“You can’t eat a {a},” {who} shouted from the gallery",
    "only the {a} in {here} still runs on time",
    "investigators believe the {b} was swapped overnight for a second-hand {c}",
    "what {who} wants is simple: fewer promises and a better {a}",
)
_MONTHS = "January February March April May June July August September October November December"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedPage:
    """A page and the spans of its articles."""

    text: str
    spans: tuple[Span, ...]
    shapes: tuple[str, ...]


def pasted_page(seed: int, *, least: int = 2, most: int = 6) -> PastedPage:
    """Return the page of ``seed``: ``least`` to ``most`` articles and the furniture between."""
    rng = random.Random(seed)
    subjects = rng.sample(_SUBJECTS, rng.randint(least, most))
    paragraphs = rng.choice(["\n\n", "\n\n", "\n"])
    between = rng.choice(["\n\n", "\n\n", "\n\n\n", "\n"])
    text, spans, shapes = "", [], []
    if rng.random() < 0.2:
        text = rng.choice(["World news", "China-Russia relations", "Opinion", "Latest"]) + "\n\n"
    for position, subject in enumerate(subjects):
        writer = _Writer(rng, subject, paragraphs)
        names = [name for name in _SHAPES if name != "untitled" or (position == 0 and not text)]
        shape = rng.choice(names)
        article = _SHAPES[shape](writer)
        spans.append((len(text), len(text) + len(article)))
        shapes.append(shape)
        text += article + between
        if rng.random() < 0.1:
            text += rng.choice(_PROMOTIONS) + between
    return PastedPage(text=text.rstrip(), spans=tuple(spans), shapes=tuple(shapes))


_PROMOTIONS = (
    "Sign up for our daily newsletter",
    "Join our Telegram channel and never miss a story!",
    "Advertisement",
    "Follow us on Twitter",
    "* * *",
)


class _Writer:
    """Writes the parts of one article on one subject."""

    def __init__(self, rng: random.Random, subject: str, gap: str) -> None:
        self.rng, self.gap = rng, gap
        topic, nouns, places, body = subject.split("|")
        self.topic, self.nouns, self.places, self.body = topic, nouns.split(), places.split(), body
        self.cast = [self.person() for _ in range(3)]
        self.title_case = rng.random() < 0.5
        self.year = rng.randint(2016, 2024)
        self.manner = rng.sample(_SENTENCES, 12)

    def person(self) -> str:
        return f"{self.rng.choice(_FIRST.split())} {self.rng.choice(_LAST.split())}"

    def noun(self) -> str:
        return self.rng.choice([*self.nouns, self.topic])

    def surname(self) -> str:
        return self.rng.choice(self.cast).split()[-1]

    def date(self) -> str:
        day, month = self.rng.randint(1, 28), self.rng.randint(1, 12)
        name = _MONTHS.split()[month - 1]
        plain = f"{name} {day}, {self.year}"
        return self.rng.choice(
            [
                plain,
                f"{day} {name} {self.year}",
                f"{self.year}-{month:02}-{day:02}",
                f"Published: {plain}",
                f"Updated 3:15 PM ET, Mon {plain}",
                f"{plain}Updated: {plain}",
                f"Posted on {name[:3]}. {day}, {self.year} at 10:30 a.m.",
            ]
        )

    def title(self) -> str:
        who = self.rng.choice([self.body, self.cast[0].split()[-1], self.places[0]])
        verb, a, b = self.rng.choice(_VERBS.split()), self.noun(), self.noun()
        text = self.rng.choice(
            [
                f"{who} {verb} {a} deal after {b} dispute in {self.places[1]}",
                f"{who} {verb} plan for new {a}, {b} experts say",
                f"Why the {a} crisis in {self.places[0]} is bigger than the {b} row",
                f"‘No more {a}s’: {who} {verb} {b} rules in {self.places[1]}",
                f"How a forgotten {a} changed the {b} business of {self.places[0]} for good",
                f"{who}: {a} talks collapse as {b} prices soar",
                f"Is the {self.topic} {a} in {self.places[1]} the next big {b} story?",
            ]
        )
        return _capitals(text) if self.title_case else text

    def short_title(self) -> str:
        text = self.rng.choice(
            [f"The {self.noun()} trap", f"Notes on a {self.noun()}", f"After the {self.noun()}s"]
        )
        return _capitals(text) if self.title_case else text

    def subhead(self) -> str:
        text = self.rng.choice(
            [
                f"A {self.noun()} too far",
                f"The {self.noun()} question",
                f"{self.noun().capitalize()} and {self.noun()}",
                f"What happens to the {self.noun()}s?",
                "What comes next",
                f"{self.surname()}’s gamble",
                "Background",
                f"No easy {self.noun()} for {self.places[0]}",
            ]
        )
        return _capitals(text) if self.title_case else text

    def sentence(self) -> str:
        """One sentence; every article has a manner of its own, a dozen of the patterns."""
        text = self.rng.choice(self.manner).format(
            a=self.noun(),
            b=self.noun(),
            c=self.noun(),
            who=self.surname(),
            body=self.body,
            here=self.places[0],
            there=self.places[1],
        )
        return text[0].upper() + text[1:] + "."

    def lead(self) -> str:
        who = self.cast[0]
        return (
            f"The {self.body} said on {self.rng.choice(['Monday', 'Tuesday', 'Friday'])} that the "
            f"{self.noun()} of {self.places[0]} would face a new {self.noun()}, as {who} and other "
            f"{self.noun()} specialists called for a change."
        )

    def paragraph(self, most: int = 4) -> str:
        return " ".join(self.sentence() for _ in range(self.rng.randint(1, most)))

    def paragraphs(self, least: int, most: int, size: int = 4) -> list[str]:
        return [self.paragraph(size) for _ in range(self.rng.randint(least, most))]

    def caption(self) -> str:
        return (
            f"A {self.noun()} stands beside a {self.noun()} in {self.places[0]}, on "
            f"{self.rng.choice(_MONTHS.split())} {self.rng.randint(1, 28)}, {self.year}. "
            f"({self.person()}/{self.rng.choice(['AFP via Getty Images', 'Reuters', 'AP'])})"
        )

    def join(self, *parts: str | list[str]) -> str:
        lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
        return self.gap.join(line for line in lines if line)


def _capitals(text: str) -> str:
    small = {"a", "the", "of", "in", "for", "and", "after", "as", "is", "to", "on", "than"}
    words = text.split()
    return " ".join(
        word if i and word in small else word[0].upper() + word[1:] for i, word in enumerate(words)
    )


def _byline(w: _Writer) -> str:
    name = w.person()
    return w.rng.choice(
        [
            f"By {name}",
            f"by {name}",
            f"By {name} and {w.person()}",
            f"By {name.upper()}",
            f"Written by: {name}",
            f"By {name}, {w.rng.choice(_OUTLETS)}",
            f"By {name} | {w.date()}",
            f"By {name} in {w.places[0]}",
        ]
    )


def _head(w: _Writer) -> list[str]:
    """Title, then byline and date in one of the usual orders, or nothing below the title."""
    title = w.title()
    return w.rng.choice(
        [
            [title],
            [title, _byline(w)],
            [title, _byline(w), w.date()],
            [title, w.date(), _byline(w)],
            [title, w.date()],
            [title, w.person(), w.date()],
            [f"{title} by {w.person()}"],
            [w.short_title(), _byline(w), w.date()],
            [title, f"The {w.noun()} has split the {w.body}. Now {w.places[0]} must choose.",
             _byline(w)],
        ]
    )  # fmt: skip


def _plain(w: _Writer) -> str:
    return w.join(_head(w), w.lead(), w.paragraphs(3, 12))


def _wire(w: _Writer) -> str:
    agency = w.rng.choice(["Reuters", "AP", "AFP", "UPI"])
    date = w.rng.choice([f", {w.rng.choice(_MONTHS.split())} {w.rng.randint(1, 28)}", ""])
    dash = w.rng.choice(["-", "—", "–"])
    dateline = f"{w.places[0].upper()}{date} ({agency}) {dash} {w.lead()}"
    credit = f"(Reporting by {w.person()}; editing by {w.person()})"
    return w.join(
        w.title(),
        w.rng.choice(["", f"By {w.person()}"]),
        dateline,
        w.paragraphs(4, 10, 2),
        w.rng.choice(["", credit]),
    )


def _excerpt(w: _Writer) -> str:
    more = w.rng.choice(["… Continue reading", " […] Read more »", "... Continue reading →"])
    return w.join(w.title(), w.lead(), w.paragraphs(0, 1)) + more


def _lone(w: _Writer) -> str:
    return w.title() + w.rng.choice([" | Unpacked", " | Foreign Correspondent", " | DW News", ""])


def _feature(w: _Writer) -> str:
    parts = [*_head(w), w.lead()]
    for _ in range(w.rng.randint(2, 4)):
        parts += w.paragraphs(2, 5)
        if w.rng.random() < 0.4:
            parts.append(w.caption())
        if w.rng.random() < 0.2:
            parts.append(f"“The {w.noun()} is not the point of the {w.noun()}”")
        parts += [w.subhead(), *w.paragraphs(2, 4)]
    return w.join(parts)


def _listicle(w: _Writer) -> str:
    count = w.rng.randint(3, 6)
    title = f"{count} things to know about the {w.noun()} {w.noun()} in {w.places[0]}"
    parts = [_capitals(title), w.rng.choice(["", _byline(w)]), w.lead()]
    for number in range(1, count + 1):
        parts += [f"{number}. {w.subhead()}", *w.paragraphs(1, 2)]
    return w.join(parts)


def _interview(w: _Writer) -> str:
    parts = [*_head(w), w.lead()]
    labelled = w.rng.random() < 0.5
    for _ in range(w.rng.randint(3, 6)):
        question = f"How did the {w.noun()} become a {w.noun()} for you?"
        parts.append(f"Q: {question}" if labelled else question)
        parts.append(f"{'A: ' if labelled else ''}{w.paragraph()}")
    return w.join(parts)


def _transcript(w: _Writer) -> str:
    speakers = [name.split()[-1].upper() for name in w.cast[:2]]
    turns = [f"{speakers[turn % 2]}: {w.paragraph(3)}" for turn in range(w.rng.randint(4, 10))]
    return w.join(_head(w), w.lead(), turns)


def _opinion(w: _Writer) -> str:
    author = w.person()
    bio = f"{author} is a senior fellow at the {w.topic.capitalize()} Institute."
    head = w.rng.choice([[w.title()], [w.title(), f"By {author}"]])
    return w.join(head, w.paragraphs(5, 10, 6), w.rng.choice([bio, ""]))


def _live(w: _Writer) -> str:
    parts = [f"Live updates: {w.title()}", w.lead()]
    for hour in range(w.rng.randint(3, 6), 0, -1):
        parts += [f"{hour}:{w.rng.randint(10, 59)} p.m.", *w.paragraphs(1, 3)]
    return w.join(parts)


def _untitled(w: _Writer) -> str:
    standfirst = f"The {w.noun()} has split the {w.body}. Now {w.places[0]} must choose."
    return w.join(standfirst, f"by {w.person()}", w.paragraphs(4, 9))


_SHAPES = {
    "plain": _plain,
    "wire": _wire,
    "excerpt": _excerpt,
    "lone": _lone,
    "feature": _feature,
    "listicle": _listicle,
    "interview": _interview,
    "transcript": _transcript,
    "opinion": _opinion,
    "live": _live,
    "untitled": _untitled,
}
