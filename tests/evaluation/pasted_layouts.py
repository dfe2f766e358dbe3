"""Pages pasted from real articles in the layouts of many sites, with the cuts known.

Everything is drawn from a seeded generator: the same seed gives the same page. Every article of a
page comes from an outlet of its own: with its own head (or none), blank lines, furniture and foot.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loader.articles.dates import find_dates
from tests.evaluation.pasted_pages import PastedPage

WIKINEWS = Path(__file__).parent / "wikinews" / "text"
_FIRST = (
    "Marta", "Devin", "Aiko", "Joseph", "Renée", "Pavel", "Shira", "Anton", "Lucy", "Kwame",
    "Bjorn", "Yara", "Ivo", "Sinead",
)  # fmt: skip
_LAST = (
    "Holm", "Castellano", "Okoye", "Whitfield", "Nakamura", "Brandt", "O'Neill", "Sorensen",
    "Adeyemi", "Kaplan",
)  # fmt: skip
_OUTLETS = (
    "The Harbour Gazette", "Northern Star", "Radio Halmstad", "Reuters", "The Guardian", "BBC News",
    "Daily Planet", "Sylvania Today", "AP", "The Morning Post", "Al Jazeera", "City Observer",
)  # fmt: skip
_SECTIONS = (
    "World",
    "Politics",
    "Opinion",
    "Local news",
    "Business",
    "SCIENCE",
    "Sport",
    "Culture",
)
_TEASERS = (
    "Ferry crews walk out over rosters", "What the new harbour tax means for you",
    "Five charts that explain the housing crisis", "Mayor under fire over unpaid parking fines",
    "Why herring are moving north", "Storm leaves thousands without power",
    "The last lamplighter of Old Town", "Council votes to close two libraries",
)  # fmt: skip
_FURNITURE = (
    "Advertisement", "ADVERTISEMENT", "Share this article", "Sign up for our daily newsletter",
    "Share", "Article continues after advertisement", "Listen to this article",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A real article: its headline, and its paragraphs; ``heads`` are those that are subheads."""

    title: str
    paragraphs: tuple[str, ...]
    heads: frozenset[int] = frozenset()
    standfirst: str | None = None


def stories() -> tuple[Story, ...]:
    """Return the Wikinews articles, without their dates."""
    return tuple(_story(path.read_text("utf-8")) for path in sorted(WIKINEWS.glob("*.txt")))


def _story(text: str) -> Story:
    title, *rest = [line.strip() for line in text.splitlines() if line.strip()]
    found = next(find_dates(rest[0]), None)
    first = rest[0][found.span[1] :].strip() if found else rest[0]
    paragraphs = [each for each in (first, *rest[1:]) if each]
    heads = frozenset(i for i, each in enumerate(paragraphs) if len(each) < 60 and each[-1] != ".")
    return Story(title=title, paragraphs=tuple(paragraphs), heads=heads)


def pasted_layouts(
    seed: int, pool: Sequence[Story], *, least: int = 2, most: int = 6
) -> PastedPage:
    """Return the page of ``seed``: articles of ``pool``, each in a layout of its own."""
    rng = random.Random(seed)
    chosen = rng.sample(pool, min(len(pool), rng.randint(least, most)))
    between = rng.choice(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n\n\n\n"])
    bare = rng.random() < 0.25  # nothing but headlines and text
    dotted = rng.random() < 0.2  # every headline ends in a full stop
    text, spans, shapes = "", [], []
    for story in chosen:
        layout = _Layout(rng, bare=bare, dotted=dotted)
        article = layout.write(story)
        spans.append((len(text), len(text) + len(article)))
        shapes.append(layout.name)
        text += article + between
        if rng.random() < 0.08:
            text += rng.choice(["* * *", "---", "Advertisement", "Sign up for our newsletter"])
            text += between
    return PastedPage(text=text.rstrip(), spans=tuple(spans), shapes=tuple(shapes))


class _Layout:
    """Prints one article as one outlet does."""

    def __init__(self, rng: random.Random, *, bare: bool, dotted: bool) -> None:
        self.rng, self.bare, self.dotted = rng, bare, dotted
        self.gap = rng.choice(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n"])
        self.outlet = rng.choice(_OUTLETS)
        self.name = ""

    def write(self, story: Story) -> str:
        head = self.head(story)
        body = list(story.paragraphs)
        if not self.bare and self.chance(0.15):
            body[0] = self.dateline() + body[0]
        parts = [*head, *self.furnished(body, story.heads), *self.foot()]
        if self.gap == "\n" and self.chance(0.5):
            return "\n\n".join(["\n".join(head), "\n".join(parts[len(head) :])])
        return self.gap.join(parts)

    def head(self, story: Story) -> list[str]:
        title = self.title(story.title)
        if self.bare:
            self.name = "bare"
            return [title]
        by, day = self.byline(), self.date()
        forms: dict[str, list[str]] = {
            "title": [title],
            "title-byline": [title, by],
            "title-date": [title, day],
            "title-byline-date": [title, by, day],
            "title-date-byline": [title, day, by],
            "byline-date-line": [title, f"{by} | {day}"],
            "byline-above": [by, title],
            "byline-date-above": [by, day, title],
            "date-above": [day, title],
            "section": [self.rng.choice(_SECTIONS), title, by, day],
            "outlet-above": [self.outlet, title, day],
            "outlet-below": [title, self.outlet, day],
            "name-role": [title, self.person(), "Staff Writer", day],
            "name-date": [title, self.person(), day],
            "standfirst": [title, story.standfirst or self.standfirst(story), by, day],
            "standfirst-only": [title, story.standfirst or self.standfirst(story)],
            "share": [title, by, day, "Share", "Save"],
        }
        self.name = self.rng.choice(list(forms))
        head = forms[self.name]
        if self.chance(0.15):
            head.append(self.caption())
        return head

    def title(self, title: str) -> str:
        roll = self.rng.random()
        if self.dotted or roll < 0.1:
            return title if title[-1] in ".?!" else f"{title}."
        if roll < 0.26:
            return title.upper()
        if roll < 0.32:
            words = title.split()
            return " ".join([*words[:-2], f"‘{' '.join(words[-2:])}’"])
        if roll < 0.36:
            return f"{title} - {self.outlet}" if self.chance(0.5) else f"{title} | {self.outlet}"
        if roll < 0.40:
            return f"{title};\n{self.rng.choice(_TEASERS)}."
        if roll < 0.46:
            small = {"a", "the", "of", "in", "for", "and", "to", "on", "as", "with", "her"}
            return " ".join(
                word if i and word in small else word[0].upper() + word[1:]
                for i, word in enumerate(title.split())
            )
        return title

    def furnished(self, body: list[str], heads: frozenset[int]) -> list[str]:
        """Return the paragraphs with what stands between them on a site."""
        out: list[str] = []
        links = self.rng.random()
        for number, paragraph in enumerate(body):
            out.append(paragraph)
            inside = 0 < number < len(body) - 2 and number not in heads and not self.bare
            if inside and self.chance(0.06):
                out.append(self.caption())
            if inside and self.chance(0.05):
                out.append(self.rng.choice(_FURNITURE))
            if inside and links < 0.25 and self.chance(0.15):
                lead = self.rng.choice(["Read more: ", "RELATED: ", "READ ALSO: ", "See also: "])
                out.append(lead + self.rng.choice(_TEASERS))
            if inside and links > 0.9 and self.chance(0.3):
                out += ["Related stories", *self.rng.sample(_TEASERS, 3)]
                links = 0.5
            if inside and not heads and self.chance(0.07):
                out.append(self.rng.choice(_SUBHEADS))
        return out

    def foot(self) -> list[str]:
        if self.bare or self.chance(0.5):
            return []
        one, two = self.person(), self.person()
        return self.rng.choice(
            [
                [f"Reporting by {one}; Editing by {two}"],
                [f"{one} reported from Paris and {two} from London."],
                [f"{one} is a reporter at {self.outlet}."],
                [f"© {self.rng.randint(2015, 2024)} {self.outlet}"],
                [f"Tags: {self.rng.choice(_SECTIONS)}, economy, {self.rng.choice(_SECTIONS)}"],
                [f"This story originally appeared in {self.outlet}."],
                [f"— {one}"],
                ["Share this article", "Comments (14)"],
                [f"Additional reporting by {one} and {two}"],
                [f"Source: {self.outlet}"],
                [f"Contact {one} at {one.split()[0].lower()}@example.org."],
                ["Related:", *self.rng.sample(_TEASERS, 2)],
            ]
        )

    def standfirst(self, story: Story) -> str:
        sentence = story.paragraphs[-1].split(". ")[0].strip().rstrip(".")
        return sentence + self.rng.choice(["", "."])

    def byline(self) -> str:
        one, two = self.person(), self.person()
        return self.rng.choice(
            [
                f"By {one}", f"by {one}", f"BY {one.upper()}", f"By {one} and {two}",
                f"By {one}, {self.outlet}", f"Written by {one}", f"{one}, {self.outlet}",
                f"By {one} in Paris", f"Author: {one}",
            ]
        )  # fmt: skip

    def date(self) -> str:
        day, month, year = self.rng.randint(1, 28), self.rng.randint(1, 12), "2019"
        name = _MONTHS[month - 1]
        return self.rng.choice(
            [
                f"{name} {day}, {year}", f"{day} {name} {year}", f"{year}-{month:02}-{day:02}",
                f"{day:02}.{month:02}.{year}", f"Published {day} {name} {year} 09:12 GMT",
                f"{name[:3]}. {day}, {year} 5:04 AM ET", f"Monday, {name} {day}, {year}",
                f"Updated {name} {day}, {year} at 3:15 p.m.", f"{month}/{day}/{year}",
            ]
        )  # fmt: skip

    def dateline(self) -> str:
        return self.rng.choice(
            ["PARIS (AP) — ", "LONDON, May 4 (Reuters) - ", "HALMSTAD, Sylvania — ", "Nairobi – "]
        )

    def caption(self) -> str:
        place, one = self.rng.choice(["Paris", "Halmstad", "Nairobi"]), self.person()
        return self.rng.choice(
            [
                f"People wait outside a building in {place} on 3 May 2019. Photograph: {one}/AFP",
                f"A woman crosses a bridge in {place}, May 3, 2019. (AP Photo/{one})",
                f"Photo: {one}",
                f"{one}/Getty Images",
            ]
        )

    def person(self) -> str:
        return f"{self.rng.choice(_FIRST)} {self.rng.choice(_LAST)}"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


_SUBHEADS = (
    "What happens next?", "A long road", "‘Not our decision’", "Background", "Growing pressure",
    "No easy answers", "WHAT WE KNOW", "The wider picture",
)  # fmt: skip
