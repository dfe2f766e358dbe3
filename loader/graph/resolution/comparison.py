"""Whether two names can be one's, and whether there is enough to say that they are.

People's names are compared by the rules of ``loader.extract.components.name_comparison``, as they
are within an article. Precision comes first: what is only likely stays apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from loader.extract.components.name_comparison import PersonParts, can_be_one, person_parts
from loader.graph.resolution.keys import LONGEST_ACRONYM, initials, organization_words
from ontology import iris


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A name taken apart: ``person`` for a person's; an organization's own name and legal form.

    ``words`` are those of its id.
    """

    words: tuple[str, ...]
    person: PersonParts | None = None
    title: tuple[str, ...] = ()
    form: str = ""

    @property
    def level(self) -> int:
        """How much it tells: 0 a surname or acronym alone, 1 with initials, 2 a full name."""
        if self.person is not None:
            return self.person.level
        return 2 if len(self.title) > 1 or len(self.title[0]) > LONGEST_ACRONYM else 0


@lru_cache(maxsize=100_000)
def parts_of(name: str, spelling: str) -> Parts:
    """Take the name with this id apart; ``spelling`` tells what hyphens hold together."""
    segment, _, slug = iris.named_entity(name).partition("/")
    words = tuple(slug.split("-"))
    if segment == "person":
        return Parts(words=words, person=person_parts(spelling or " ".join(words)))
    title, form = organization_words(words)
    return Parts(words=words, title=title, form=form)


def possible(one: Parts, other: Parts, *, known: bool) -> bool:
    """Whether the two can be one's; ``known`` says that an article uses both for the same."""
    if one.person is not None and other.person is not None:
        return can_be_one(one.person, other.person, "stated" if known else "none")
    if one.person is not None or other.person is not None:
        return False
    if one.title == other.title:
        return one.form == other.form or not (one.form and other.form)
    return is_acronym(one, other) or is_acronym(other, one)


def is_acronym(short: Parts, full: Parts) -> bool:
    """Whether ``short`` is made of the first letters of ``full``."""
    if short.person is not None or len(short.words) != 1 or len(full.words) < 2:
        return False
    letters = short.words[0]
    return letters in {
        initials(full.words),
        initials(full.title),
        "".join(word[0] for word in full.words),
    }


def needs_evidence(weak: Parts, others: Iterable[Parts]) -> bool:
    """Whether the rules alone do not join ``weak`` to ``others``: an article has to.

    An acronym is made of many names' letters, and a lone word that is a given name may be one.
    """
    if weak.person is not None:
        return weak.person.is_bare_given_name
    return all(is_acronym(weak, other) for other in others)


def rank(parts: Parts, others: Iterable[Parts]) -> tuple[int, int, int, tuple[str, ...]]:
    """The order of names as an entity's own: full before short, simple before long."""
    level = parts.level if parts.person else int(not any(is_acronym(parts, o) for o in others))
    return (-level, len(parts.words), sum(map(len, parts.words)), parts.words)
