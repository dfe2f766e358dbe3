"""From a set of names to the entities they denote: a pure function of that set.

Names that can be one's are joined only where nothing contradicts it: a name that can be two
different ones' ("Smith", beside John Smith and Ann Smith) stays open, an entity of its own.
What is left after the open ones falls into groups of which every two can be one's. So the answer
knows no order, and one more article can part what an earlier one joined.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from loader.extract.components.name_comparison import variant
from loader.graph.resolution.comparison import Parts, needs_evidence, parts_of, possible, rank
from loader.graph.resolution.keys import match_key
from ontology import iris

Resolution = Literal["own", "joined", "open", "corrected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name by its id; ``alternatives`` are ids of names some article uses for the same."""

    id: str
    spelling: str
    alternatives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Somebody's decision that two names (ids) are one's (``merge``), or are not."""

    pair: tuple[str, str]
    merge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Whom a name denotes (an entity's id), and how that was decided."""

    entity: str
    resolution: Resolution


Group = tuple[str, ...]
"""Names that corrections make one, sorted; most names are alone."""


def resolve(names: Iterable[Name], corrections: Iterable[Correction] = ()) -> dict[str, Resolved]:
    """Say for each of ``names`` (by id) which entity it denotes.

    The answer for a name depends only on the names that have its key, or that corrections link to
    those, so ``names`` may be all there are or the ones of some keys.
    """
    known = {name.id: name for name in names}
    decisions = Decisions(corrections)
    blocks: dict[str, list[Group]] = defaultdict(list)
    for group in _groups(known, decisions):
        for key in sorted({match_key(iris.named_entity(name)) for name in group}):
            blocks[key].append(group)
    links = _links(known, decisions, blocks.values())
    resolved: dict[str, Resolved] = {}
    opened = {group for group, near in links.items() if _is_torn(near, links)}
    seen: set[Group] = set()
    for group in sorted(links):
        if group in seen:
            continue
        cluster = [group]
        if group not in opened:
            cluster = _component(group, links, opened)
        seen.update(cluster)
        resolved.update(_decided(cluster, known, is_open=group in opened))
    return resolved


def candidates(
    name: str, names: Iterable[Name], corrections: Iterable[Correction] = ()
) -> list[str]:
    """The ids of those among ``names`` that ``name`` (an id, among them too) could be one with."""
    known = {item.id: item for item in names}
    decisions = Decisions(corrections)
    return sorted(
        other
        for other in known
        if other != name
        and _can_be_one((name,), (other,), known)
        and not decisions.apart((name,), (other,))
    )


class Decisions:
    """Corrections, ready to be asked. Where they contradict one another, splits stand."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        ordered = sorted(corrections, key=lambda item: (item.merge, sorted(item.pair)))
        self._apart = {frozenset(item.pair) for item in ordered if not item.merge}
        self._members: dict[str, set[str]] = {}
        for item in ordered:
            if item.merge:
                self._join(*sorted(item.pair))

    def group_of(self, name: str) -> frozenset[str]:
        """The names that merges make one with ``name``, itself included."""
        return frozenset(self._members.get(name, {name}))

    def apart(self, one: Iterable[str], other: Sequence[str]) -> bool:
        """Whether a split keeps any of ``one`` from any of ``other``."""
        return bool(self._apart) and any(
            frozenset((left, right)) in self._apart for left in one for right in other
        )

    def _join(self, one: str, other: str) -> None:
        left, right = self._members.get(one, {one}), self._members.get(other, {other})
        if left is right or self.apart(left, sorted(right)):
            return
        joined = left | right
        for name in joined:
            self._members[name] = joined


def _groups(known: Mapping[str, Name], decisions: Decisions) -> list[Group]:
    groups = {tuple(sorted(decisions.group_of(name) & known.keys())) for name in known}
    return sorted(groups)


def _links(
    known: Mapping[str, Name], decisions: Decisions, blocks: Iterable[Sequence[Group]]
) -> dict[Group, set[Group]]:
    """For each group those that it can be one's with."""
    links: dict[Group, set[Group]] = defaultdict(set)
    for block in blocks:
        for one in block:
            links[one]  # a group alone is there too
        for one, other in _comparable(block, known):
            if _can_be_one(one, other, known) and not decisions.apart(one, other):
                links[one].add(other)
                links[other].add(one)
    return links


def _comparable(block: Sequence[Group], known: Mapping[str, Name]) -> Iterator[tuple[Group, Group]]:
    """Pairs of ``block`` worth a look: a common surname has thousands of given names.

    Given names of one person begin alike, unless an article says that two names are one's.
    """
    letters = [_first_letters(group, known) for group in block]
    places: dict[str, set[int]] = defaultdict(set)
    anywhere = {place for place, found in enumerate(letters) if not found}
    homes = {name: place for place, group in enumerate(block) for name in group}
    said: dict[int, set[int]] = defaultdict(set)
    for place, group in enumerate(block):
        for letter in letters[place]:
            places[letter].add(place)
        for name in group:
            for other in known[name].alternatives & homes.keys():
                said[place].add(homes[other])
                said[homes[other]].add(place)
    for place, one in enumerate(block):
        near = anywhere | said[place]
        if place in anywhere:
            near = set(range(len(block)))
        for letter in letters[place]:
            near |= places[letter]
        yield from ((one, block[other]) for other in near if other > place)


def _first_letters(group: Group, known: Mapping[str, Name]) -> set[str]:
    """With what the given names of ``group`` begin, romanised either way; nothing for others."""
    people = [_parts(name).person for name in _telling(group, known)]
    given = [person.given[0] for person in people if person is not None and person.given]
    if len(given) < len(people):
        return set()
    return {letter for name in given for letter in (name[0], variant(name)[0])}


def _can_be_one(one: Group, other: Group, known: Mapping[str, Name]) -> bool:
    """Whether any name of one group fits any of the other, of those that tell the most."""
    return any(
        possible(_parts(left), _parts(right), known=_is_known(left, right))
        for left in _telling(one, known)
        for right in _telling(other, known)
    )


def _telling(group: Group, known: Mapping[str, Name]) -> list[Name]:
    names = [known[name] for name in group]
    if len(names) == 1:
        return names
    most = max(_parts(name).level for name in names)
    return [name for name in names if _parts(name).level == most]


def _is_known(one: Name, other: Name) -> bool:
    return other.id in one.alternatives or one.id in other.alternatives


def _is_used_alone(name: Name, other: Name) -> bool:
    """Whether an article uses a surname like ``name`` for ``other``: "Assad" for "al-Assad"."""
    own = _parts(name).person
    uses = (parts_of(used, "").person for used in other.alternatives)
    return own is not None and any(
        used is not None and not used.given and used.surname == own.surname for used in uses
    )


def _parts(name: Name) -> Parts:
    return parts_of(name.id, name.spelling)


def _is_torn(near: set[Group], links: Mapping[Group, set[Group]]) -> bool:
    """Whether two of ``near`` cannot be one's."""
    return any(other not in links[one] for one in near for other in near if one != other)


def _component(start: Group, links: Mapping[Group, set[Group]], opened: set[Group]) -> list[Group]:
    """What is linked to ``start`` past no open group: all of it is linked to each other."""
    return sorted({start, *(group for group in links[start] if group not in opened)})


def _decided(
    cluster: Sequence[Group], known: Mapping[str, Name], *, is_open: bool
) -> dict[str, Resolved]:
    """Give each group of ``cluster`` its entity; who lacks evidence has one of its own."""
    joined = [group for group in cluster if _is_sure(group, cluster, known)]
    found: dict[str, Resolved] = {}
    for group in cluster:
        if group not in joined:
            found.update(_entity_of([group], known, is_open=True))
    if joined:
        found.update(_entity_of(joined, known, is_open=is_open))
    return found


def _is_sure(group: Group, cluster: Sequence[Group], known: Mapping[str, Name]) -> bool:
    if len(group) > 1 or len(cluster) == 1:
        return True
    name = known[group[0]]
    others = [known[other] for item in cluster if item != group for other in item]
    if any(_is_known(name, other) or _is_used_alone(name, other) for other in others):
        return True
    return not needs_evidence(_parts(name), [_parts(other) for other in others])


def _entity_of(
    groups: Sequence[Group], known: Mapping[str, Name], *, is_open: bool
) -> dict[str, Resolved]:
    names = [known[name] for group in groups for name in group]
    merged = {name for group in groups if len(group) > 1 for name in group}
    parts = {name.id: _parts(name) for name in names}
    chief = min(names, key=lambda name: (rank(parts[name.id], parts.values()), name.id))
    entity = iris.named_entity(chief.id)
    found: dict[str, Resolved] = {}
    for name in names:
        how: Resolution = "corrected" if name.id in merged else "joined"
        if name.id == chief.id:
            how = "open" if is_open else "own"
        found[name.id] = Resolved(entity=entity, resolution=how)
    return found
