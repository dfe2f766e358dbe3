"""Names across articles: who is one, who stays apart, and that only the set of articles counts."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Session

from loader.graph.delta import article_delta
from loader.graph.removing import remove
from loader.graph.resolution import Correction, Name, match_key, resolve
from loader.graph.resolver import _resolve_some, resolve_names
from loader.graph.retrying import execute_write
from loader.graph.statements import nodes_statement
from ontology import iris
from ontology.model import load_model
from queries import cypher
from queries.database import Database
from tests.loader.graph.test_writer import RUN, empty, snapshot, write
from tests.loader.graph.written_articles import Told, pages_that_say

Spelt = str | tuple[str, ...]
"""A name, or a name with the forms that an article uses beside it."""


def person(spelt: Spelt) -> Name:
    return _name(spelt, "person")


def organization(spelt: Spelt) -> Name:
    return _name(spelt, "organization")


def _name(spelt: Spelt, segment: str) -> Name:
    own, *others = (spelt,) if isinstance(spelt, str) else spelt
    mint = iris.person_id if segment == "person" else iris.organization_id
    return Name(
        id=iris.name_id(mint(own)),
        spelling=own,
        alternatives=frozenset(iris.name_id(mint(other)) for other in others),
    )


def groups(names: Iterable[Name], corrections: Sequence[Correction] = ()) -> set[frozenset[str]]:
    """The spellings that denote one entity, of each."""
    named = list(names)
    resolved = resolve(named, corrections)
    found: dict[str, set[str]] = {}
    for name in named:
        found.setdefault(resolved[name.id].entity, set()).add(name.spelling)
    return {frozenset(group) for group in found.values()}


def apart(*spelt: str) -> set[frozenset[str]]:
    return {frozenset((one,)) for one in spelt}


ONE: list[tuple[Spelt, ...]] = [
    ("Putin", "Vladimir Putin", "V. Putin", "Vladimir Vladimirovich Putin"),
    ("President Putin", "Vladimir Putin"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskiy"),
    ("Sergey Lavrov", "Sergei Lavrov"),
    ("Alexei Navalny", "Aleksey Navalny", "Navalny"),
    ("Mohammed bin Salman", "Muhammad bin Salman"),
    ("Frederick Douglass", "Frederik Douglass"),
    ("Tsai", "Tsai Ing-wen", "Ing-wen Tsai", "Tsai Ingwen"),
    ("Xi", "Xi Jinping"),
    ("J.D. Vance", "JD Vance", "James David Vance"),
    ("Donald Trump", "Donald J. Trump"),
    ("Ada Roe", "Ada Roe MD"),
    ("Alexandria Ocasio-Cortez", "Ocasio-Cortez"),
    ("Ursula von der Leyen", "von der Leyen"),
    (("Bashar al-Assad", "Assad"), "Assad", "al-Assad"),
    (("Bill Clinton", "William Clinton"), "William Clinton"),
    (("Hillary Clinton", "Clinton"), "Clinton"),
]
APART: list[tuple[Spelt, ...]] = [
    ("John Smith", "Ann Smith", "Smith"),
    ("John Smith", "James Smith", "J. Smith", "Smith"),
    ("Donald Trump", "Donald Trump Jr.", "Trump"),
    ("D. Trump", "D. Trump Jr.", "Trump"),
    ("Luiz Inácio Lula da Silva", "Luiz Lula da Silva"),  # in one article they are one
    ("Mary Anne Roe", "Mary Ann Roe"),
    ("George W. Bush", "George H. W. Bush", "George Bush"),
    ("Kim Jong Un", "Kim Jong Il", "Kim"),
    ("Christian Berg", "Christina Berg"),
    ("Harriet Miers", "Myers"),
    ("LeBron James", "James"),  # a given name alone is nobody's surname without evidence
    (("Hillary Clinton", "Clinton"), "Bill Clinton", "Clinton"),
    ("Elizabeth Warren", "Betty Warren"),  # nicknames only with evidence
]


@pytest.mark.parametrize("spelt", ONE, ids=lambda spelt: str(spelt[-1]))
def test_the_names_of_one_person_are_joined(spelt: Sequence[Spelt]) -> None:
    names = [person(one) for one in spelt]
    assert groups(names) == {frozenset(name.spelling for name in names)}


@pytest.mark.parametrize("spelt", APART, ids=lambda spelt: str(spelt[-1]))
def test_the_names_of_several_people_stay_apart(spelt: Sequence[Spelt]) -> None:
    names = [person(one) for one in spelt]
    assert groups(names) == apart(*(name.spelling for name in names))


@pytest.mark.parametrize(
    ("spelt", "wanted"),
    [
        (("NATO", ("North Atlantic Treaty Organization", "NATO")), 1),
        (("NATO", "North Atlantic Treaty Organization"), 2),  # no article says so
        (
            ("WHO", ("World Health Organization", "WHO"), ("White House Office", "WHO")),
            3,
        ),
        (("Apple", "Apple Inc."), 1),
        (("Apple", "Apple Inc.", "Apple Ltd"), 3),
        (("The World Bank", "World Bank"), 1),
        (("Bank of Kenya", "Bank of Korea"), 2),
    ],
)
def test_organizations_are_joined_by_definition_and_legal_form(
    spelt: Sequence[Spelt], wanted: int
) -> None:
    assert len(groups(organization(one) for one in spelt)) == wanted


def test_the_fuller_name_is_the_entitys_own() -> None:
    names = [person("Putin"), person("Vladimir Vladimirovich Putin"), person("Vladimir Putin")]
    assert {item.entity for item in resolve(names).values()} == {"person/vladimir-putin"}


PEOPLE: tuple[Spelt, ...] = (
    *("Smith", "J. Smith", "John Smith", "John A. Smith", "Ann Smith", "James Smith"),
    *("Putin", "Vladimir Putin", "V. Putin", "Zelenskyy", "Volodymyr Zelensky"),
    *("Kim", "Kim Jong Un", "Kim Jong-un", "Kim Jong Il", ("Jo Berg", "Berg"), "Berg"),
)
ORGANIZATIONS: tuple[Spelt, ...] = (
    *("NATO", ("North Atlantic Treaty Organization", "NATO"), "Apple", "Apple Inc.", "Apple Ltd"),
)
POOL = [*map(person, PEOPLE), *map(organization, ORGANIZATIONS)]
NAMES = st.lists(st.sampled_from(POOL), unique=True)
CORRECTIONS = st.lists(
    st.builds(
        lambda pair, merge: Correction(pair=(pair[0].id, pair[1].id), merge=merge),
        st.lists(st.sampled_from(POOL), min_size=2, max_size=2, unique=True),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda item: frozenset(item.pair),
)


@given(names=NAMES, corrections=CORRECTIONS, data=st.data())
def test_the_order_of_names_and_corrections_does_not_matter(
    names: list[Name], corrections: list[Correction], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(names)), data.draw(st.permutations(corrections))
    assert resolve(names, corrections) == resolve(*other)


@given(names=NAMES)
def test_a_name_is_decided_by_those_that_have_its_key(names: list[Name]) -> None:
    keys = {match_key(iris.named_entity(name.id)) for name in names}
    parts = [
        resolve(name for name in names if match_key(iris.named_entity(name.id)) == key)
        for key in keys
    ]
    assert {key: value for part in parts for key, value in part.items()} == resolve(names)


@given(names=NAMES, corrections=CORRECTIONS)
def test_every_entity_has_its_own_name(names: list[Name], corrections: list[Correction]) -> None:
    resolved = resolve(names, corrections)
    for item in resolved.values():
        assert resolved[iris.name_id(item.entity)].entity == item.entity


@given(names=NAMES, corrections=CORRECTIONS)
def test_a_split_holds_whatever_else_is_said(
    names: list[Name], corrections: list[Correction]
) -> None:
    resolved = resolve(names, corrections)
    for item in corrections:
        one, other = item.pair
        if not item.merge and one in resolved and other in resolved:
            assert resolved[one].entity != resolved[other].entity


def test_a_merge_joins_what_the_rules_keep_apart() -> None:
    names = [person("Elizabeth Windsor"), person("Elizabeth II"), person("E. Windsor")]
    pair = (names[0].id, names[1].id)
    wanted = {frozenset(name.spelling for name in names)}
    assert groups(names, [Correction(pair=pair, merge=True)]) == wanted


# In the graph


ARTICLES: tuple[Told, ...] = (
    Told(author="Ada Byron", people=("Vladimir Putin", "Smith"), source="Vladimir Putin"),
    Told(author="A. Byron", people=("Putin",), source="Putin", affiliation="NATO"),
    Told(author="Ada Byron", people=("John Smith",), source="John Smith", outlet="Apple"),
    Told(author="Bo Ek", people=("Ann Smith", "Smith"), source="Smith", outlet="Apple Inc."),
    Told(
        author="Ek",
        people=("Putin", "Vladimir Putin"),  # both in one article
        source="Putin",
        affiliation="North Atlantic Treaty Organization",
        organizations=(("North Atlantic Treaty Organization", "NATO"),),
    ),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_any_split_and_removals_give_the_same_graph(
    graph: Database, data: st.DataObject
) -> None:
    everything = pages_that_say(ARTICLES)
    kept = data.draw(st.lists(st.sampled_from(everything), unique_by=lambda item: item.page.id))
    gone = [item for item in everything if item not in kept]
    order = data.draw(st.permutations(everything))
    cut = data.draw(st.integers(0, len(order)))
    with graph.session() as session:
        empty(session)
        write(session, kept)
        wanted = snapshot(session)
        empty(session)
        write(session, order[:cut], size=1)
        write(session, order[cut:])
        remove(session, [item.page.id for item in gone])
        assert snapshot(session) == wanted


def test_moving_what_is_said_in_many_steps_leaves_nobody_behind(
    graph: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with graph.session() as session:
        write(session, pages_that_say(ARTICLES))
        wanted = snapshot(session)
        empty(session)
        monkeypatch.setattr("loader.graph.resolver._MOVES_AT_ONCE", 1)
        for page in reversed(pages_that_say(ARTICLES)):
            write(session, [page])
        assert snapshot(session) == wanted


@pytest.mark.parametrize("steps", [1, 3, 5, 100])
def test_a_load_killed_while_names_are_compared_is_finished_by_the_next(
    graph: Database, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    def killed(session: Session) -> None:
        for _ in range(steps):
            execute_write(session, _resolve_some)
        raise KeyboardInterrupt

    with graph.session() as session:
        write(session, pages_that_say(ARTICLES))
        wanted = snapshot(session)
        empty(session)
        with monkeypatch.context() as patched:
            patched.setattr("loader.graph.resolver._MOVES_AT_ONCE", 1)
            patched.setattr("loader.graph.writer.resolve_names", killed)
            with pytest.raises(KeyboardInterrupt):
                write(session, pages_that_say(ARTICLES))
        write(session, pages_that_say(ARTICLES))
        assert snapshot(session) == wanted


def test_what_is_said_by_a_name_follows_it(graph: Database) -> None:
    with graph.session() as session:
        write(session, pages_that_say(ARTICLES)[1:2])
        assert _sources(session) == {"person/putin"}
        write(session, pages_that_say(ARTICLES)[:1])
        assert _sources(session) == {"person/vladimir-putin"}
        remove(session, ["0.txt"])
        assert _sources(session) == {"person/putin"}


def test_another_run_takes_back_what_it_does_not_find(graph: Database) -> None:
    found = pages_that_say([Told(author="Ada Byron", people=(), source="Bo Ek", outlet="Apple")])
    # An author and an outlet that are no longer those of this article, but of another one.
    again = pages_that_say(
        [
            Told(author="Bo Ek", people=("Ada Byron",), source="Bo Ek"),
            Told(author="A. Byron", people=("Ada Byron",), source="Bo Ek", outlet="Apple"),
        ]
    )
    less = replace(again[0].articles[0], published=None)
    again[0] = replace(again[0], articles=(less,))
    run = replace(RUN, version="2")
    with graph.session() as session:
        write(session, again, run)
        wanted = snapshot(session)
        empty(session)
        write(session, found)
        write(session, again, run)
        session.run("MATCH (run:ExtractionRun {id: $id}) DETACH DELETE run", id=RUN.id).consume()
        assert snapshot(session) == wanted


def test_resolution_loses_nothing_of_a_load_that_writes_meanwhile(graph: Database) -> None:
    nato = "North Atlantic Treaty Organization"
    told = [
        Told(author="Bo Ek", people=(), source="Bo Ek", organizations=forms)
        for forms in ((("NATO",),), ((nato,),), ((nato, "NATO"),))
    ]
    given = pages_that_say(told)
    with graph.session() as session, graph.session() as loading, ThreadPoolExecutor(1) as threads:
        write(session, given)
        wanted = snapshot(session)
        empty(session)
        write(session, given[:2])
        waiting = [iris.name_id(iris.organization_id("NATO"))]
        session.run(cypher("write/await_comparison"), ids=waiting).consume()
        with loading.begin_transaction() as tx:
            delta = article_delta(given[2].articles, load_model())
            statement = nodes_statement("Name")
            tx.run(statement, rows=list(delta.nodes["Name"].values())).consume()
            resolving = threads.submit(resolve_names, session)
            _wait_for_a_blocked_transaction(graph)
            tx.commit()
        resolving.result(timeout=60)
        write(session, given)
        assert snapshot(session) == wanted


def _wait_for_a_blocked_transaction(graph: Database) -> None:
    with graph.session() as session:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            rows = session.run("SHOW TRANSACTIONS YIELD status RETURN status")
            if any(str(row["status"]).startswith("Blocked") for row in rows):
                return
            time.sleep(0.05)
    raise TimeoutError


def _sources(session: Session) -> set[str]:
    found = session.run("MATCH (:Statement)-[:ATTRIBUTED_TO]->(who) RETURN DISTINCT who.id AS id")
    return {row["id"] for row in found}
