"""Plan → one Cypher statement.

A list is sorted and cut before anything is read of its nodes. It is entered where it is smallest:
at a unique value it is linked to, else in the order of an index; values are parameters, always.
"""

from api.graphql.compiler.catalog import Catalog, Group, Walk
from api.graphql.compiler.conditions import Conditions, Names, steps
from api.graphql.compiler.entries import FEW, anchored, by_id, chain, entries, required
from api.graphql.compiler.measures import measured, read_for
from api.graphql.compiler.pagination import Ordering, Walked
from api.graphql.compiler.plan import (
    Along,
    ById,
    Column,
    Every,
    Figure,
    Groups,
    Key,
    Labels,
    Nodes,
    One,
    Page,
    Question,
    Row,
    Total,
    Value,
    Ways,
)
from api.graphql.compiler.plan_conditions import Condition

_FIGURES = {
    "relationships": "COUNT { ()-->() }",
    "firstDay": "toString(COLLECT { MATCH (n:Article) WHERE n.published IS NOT NULL "
    "RETURN n.published ORDER BY n.published LIMIT 1 }[0])",
    "lastDay": "toString(COLLECT { MATCH (n:Article) WHERE n.published IS NOT NULL "
    "RETURN n.published ORDER BY n.published DESC LIMIT 1 }[0])",
    "ontologyVersion": "COLLECT { MATCH (n:Dataset) RETURN n.ontologyVersion }[0]",
}
MANY_WAYS = 1_000
"""Shortest ways that are looked at: between two countries there can be millions of them."""


def statement(row: Row, catalog: Catalog) -> str:
    """The statement whose one record holds the columns of ``row``."""
    writer = _Writer(catalog)
    columns = [
        f"{writer.column(column, '', Ordering.none())} AS c{index}"
        for index, column in enumerate(row.columns)
    ]
    return "\n".join([*writer.once, "RETURN\n" + ",\n".join(columns)])


class _Writer:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names = Names()
        self._conditions = Conditions(catalog, self._names)
        self._found: dict[tuple[str, Condition], tuple[str, str]] = {}

    @property
    def once(self) -> list[str]:
        """The clauses that run before all others, once."""
        return [f"CALL () {{ {clause} AS {name} }}" for name, clause in self._found.values()]

    def column(self, column: Column, node: str, ordering: Ordering) -> str:
        """The expression of a column of ``node``'s row, in a list sorted by ``ordering``."""
        match column:
            case Value():
                return _value(column, node)
            case Labels():
                return f"labels({node})"
            case Key(sort):
                text = ordering.text(sort)
                return f"toString({text})" if sort.kind in ("date", "dateTime") else text
            case One(walk, row):
                end = self._names.new()
                match_ = f"MATCH ({node}){steps(walk.steps, end)}"
                return f"COLLECT {{ {match_} RETURN {self._row(row, end)} }}[0]"
            case ById(type_name, parameter, row):
                end = self._names.new()
                match_ = f"MATCH ({end}:{self._label(type_name)} {{id: ${parameter}}})"
                return f"COLLECT {{ {match_} RETURN {self._row(row, end)} }}[0]"
            case Page():
                return self._page(column, node)
            case Total(nodes):
                return self._total(nodes, node)
            case Groups():
                return self._groups(column, node)
            case Ways():
                return self._ways(column)
            case Figure(name):
                return _FIGURES[name]

    def _row(self, row: Row, node: str, ordering: Ordering | None = None) -> str:
        known = ordering or Ordering.none()
        return f"[{', '.join(self.column(column, node, known) for column in row.columns)}]"

    def _label(self, type_name: str) -> str:
        """The labels by which a type's nodes are found in an index."""
        item = self._catalog.types[type_name]
        if item.label:
            return item.label.replace(":", "&")
        keyed = self._catalog.segments.values()
        return "|".join(
            label
            for label in keyed
            if any(label in member.label.split(":") for member in self._catalog.members(type_name))
        )

    def _page(self, page: Page, parent: str) -> str:
        node = self._names.new()
        paging = page.paging
        limit = f"LIMIT ${paging.size}{' + 1' if paging.more else ''}"
        ordering = Ordering.of(paging, node, self._conditions)
        source, condition = page.nodes.source, page.nodes.condition
        if isinstance(source, Every) and ordering.indexed:
            best, _ = anchored(condition, self._catalog, source.type)
            if best is None and not by_id(condition):
                found = self._in_order(source, condition, ordering, limit)
                found += f"\nRETURN {self._row(page.row, node, ordering)}"
                return _collected(found, backward=paging.backward)
        lines = [self._nodes(page.nodes, parent, node, ordering.within)]
        lines += [*ordering.lines(), limit]
        lines.append(f"RETURN {self._row(page.row, node, ordering)}")
        return _collected("\n".join(lines), backward=paging.backward)

    def _in_order(self, source: Every, condition: Condition, ordering: Ordering, limit: str) -> str:
        """Clauses that bind a page's nodes in order, by an index's order or a value few have."""
        node, label = ordering.node, self._label(source.type)
        keyed = label.rpartition("&")[2]
        match_ = f"MATCH ({node}:{label})"
        where = _and([self._conditions.text(condition, node), _having(source, node)])
        walk = Walked(
            node=node, match=match_, label=keyed, where=where, present=required(condition)
        )
        in_order = ordering.in_index(walk, limit)
        others = entries(condition, self._catalog, source.type, ordering.walked)
        if not others:
            return in_order
        counts, parts, more = [], [], ""
        for entry in others:
            one, count = self._names.new(), self._names.new()
            counted = f"MATCH ({one}:{keyed}) {entry.hint(one, keyed)}"
            counted += f" WHERE {self._conditions.text(entry.condition, one)}"
            counts.append(f"COUNT {{ {counted} RETURN {one} LIMIT {FEW} }} AS {count}")
            found = _where(f"{match_} {entry.hint(node, keyed)}", [where, ordering.within])
            lines = [found, *ordering.lines(), f"{limit} RETURN {node}"]
            parts.append(f"WITH 1 AS once WHERE {more}{count} < {FEW} {chr(10).join(lines)}")
            more += f"{count} = {FEW} AND "
        parts.append(f"WITH 1 AS once WHERE {more.removesuffix(' AND ')} {in_order} RETURN {node}")
        names = ", ".join(count.rpartition(" ")[2] for count in counts)
        union = "\nUNION ALL ".join(parts)
        return f"WITH {', '.join(counts)}\nCALL ({names}) {{ {union} }}\nWITH {node}"

    def _nodes(self, nodes: Nodes, parent: str, node: str, within: str = "") -> str:
        """Clauses that bind ``node`` to each of the list's nodes once, ``within`` some bounds."""
        source = nodes.source
        if isinstance(source, Along):
            label = self._narrowed(source.walk)
            match_ = f"MATCH ({parent}){steps(source.walk.steps, node, label)}"
            text = _where(match_, [self._conditions.text(nodes.condition, node), within])
            return text if source.walk.direct else f"{text}\nWITH DISTINCT {node}"
        if isinstance(source, Every):
            return self._every(source, nodes.condition, node, within)
        clause = self._read(source, node) if source.told else source.clause.replace("@", node)
        where = [self._conditions.text(nodes.condition, node), within]
        return _where(f"{clause}\nWITH *" if any(where) else clause, where)

    def _read(self, source: Question, node: str) -> str:
        """Clauses that read what ``source`` finds, which runs once, before all others."""
        key = (source.clause, source.said)
        if key not in self._found:
            said = self._conditions.text(source.said, "said")
            clause = source.clause.replace("{where}", _where("", [said])).replace("@", "found")
            told = "".join(f", {name}" for name in source.told)
            text = f"{clause}\nRETURN collect([found{told}])"
            self._found[key] = (f"found{len(self._found)}", text)
        found, _ = self._found[key]
        parts = ", ".join(
            f"{node}_hit[{place}] AS {name}" for place, name in enumerate((node, *source.told))
        )
        return f"UNWIND {found} AS {node}_hit\nWITH {parts}"

    def _narrowed(self, walk: Walk) -> str:
        """The label that a walk's ends need to be told by, as its relationship does not."""
        return walk.steps[-1].label

    def _every(self, source: Every, condition: Condition, node: str, within: str) -> str:
        label = self._label(source.type)
        match_ = f"MATCH ({node}:{label})"
        best, rest = anchored(condition, self._catalog, source.type)
        where = [self._conditions.text(rest, node), _having(source, node), within]
        if best is None:
            return _where(match_, where)
        links = list(chain(best, self._catalog))
        for index, (link, others) in enumerate(links):
            end = self._names.new()
            label = self._label(link.walk.target) if index == len(links) - 1 else ""
            match_ += steps(link.walk.steps, end, label)
            where.append(self._conditions.text(others, end))
        once = len(links) == 1 and best.walk.direct and by_id(links[0][1], one=True)
        text = _where(match_, where)
        return text if once else f"{text}\nWITH DISTINCT {node}"

    def _total(self, nodes: Nodes, parent: str) -> str:
        source = nodes.source
        if isinstance(source, Along) and not self._conditions.text(nodes.condition, parent):
            return self._conditions.count(source.walk, parent)
        node = self._names.new()
        return f"COUNT {{ {self._nodes(nodes, parent, node)} RETURN {node} }}"

    def _groups(self, groups: Groups, parent: str) -> str:
        node, group = self._names.new(), groups.group
        lines = [self._nodes(groups.nodes, parent, node)]
        end = node
        for index, walk in enumerate(group.path):
            start, end = end, self._names.new()
            last = index == len(group.path) - 1
            wide = last and not group.key and group.target != walk.target
            label = group.target if wide else ""
            lines.append(f"MATCH ({start}){steps(walk.steps, end, label)}")
        if group.pattern:
            start, end = end, self._names.new()
            lines.append(f"MATCH ({start}){group.pattern.format(start=start, end=end)}")
        many = group.path if group.key else group.path[:-1]
        repeated = bool(group.pattern) or any(walk.many for walk in many)
        counted = f"count(DISTINCT {node})" if repeated else "count(*)"
        total, limit = f"{node}_total", f"LIMIT ${groups.first}"
        lines += read_for(groups.measures, node)
        told = [f"{node}_{name}" for name in groups.measures]
        figures = "".join(
            f", {measured(name, node)} AS {told[place]}"
            for place, name in enumerate(groups.measures)
        )
        also = "".join(f", {name}" for name in told)
        if groups.row is not None:
            lines.append(f"WITH {end}, {counted} AS {total}{figures}")
            lines.append(f"ORDER BY {total} DESC, {end}.id {limit}")
            lines.append(f"RETURN [{self._row(groups.row, end)}, {total}{also}]")
        else:
            value = f"{node}_value"
            order = f"{value} DESC" if group.period else f"{total} DESC, {value}"
            lines.append(f"WITH {_grouped(group, end)} AS {value}, {counted} AS {total}{figures}")
            lines.append(f"WHERE {value} IS NOT NULL")
            lines.append(f"WITH {value}, {total}{also} ORDER BY {order} {limit}")
            shown = f"toString({value})" if group.period == "day" else value
            lines.append(f"RETURN [{shown}, {total}{also}]")
        return f"COLLECT {{ {chr(10).join(lines)} }}"

    def _ways(self, ways: Ways) -> str:
        label, node = self._label(ways.type), self._names.new()
        over = "|".join(ways.relationships)
        lines = [
            f"MATCH (start:{label} {{id: ${ways.start}}})",
            f"MATCH (end:{label} {{id: ${ways.end}}}) WHERE start <> end",
            f"MATCH way = allShortestPaths((start)-[:{over}*..{ways.longest}]-(end))",
            f"WITH way LIMIT {MANY_WAYS}",
            "WITH way, [node IN nodes(way) | node.id] AS ids, "
            "[link IN relationships(way) | [type(link), startNode(link).id, endNode(link).id]] "
            "AS links",
            f"ORDER BY ids, links LIMIT ${ways.first}",
            f"RETURN [length(way), COLLECT {{ UNWIND nodes(way) AS {node} "
            f"RETURN {self._row(ways.row, node)} }}, links]",
        ]
        return f"COLLECT {{ {chr(10).join(lines)} }}"


def _grouped(group: Group, node: str) -> str:
    """The value of ``node`` that it is counted by: of a date, the day, the month or the year."""
    text = f"{node}.{group.key}"
    match group.period:
        case "month":
            return f"left(toString({text}), 7)"
        case "year":
            return f"{text}.year"
        case _:
            return text


def _value(value: Value, node: str) -> str:
    text = f"{node}.{value.key}"
    if value.kind in ("date", "dateTime"):
        return f"toString({text})"
    return f"coalesce({text}, [])" if value.many else text


def _having(source: Every, node: str) -> str:
    return f"EXISTS {{ ({node}){steps(source.having, '')} }}" if source.having else ""


def _collected(clauses: str, *, backward: bool) -> str:
    """The list of what ``clauses`` return; one read ``backward`` is put in order again."""
    return f"reverse(COLLECT {{ {clauses} }})" if backward else f"COLLECT {{ {clauses} }}"


def _where(clause: str, conditions: list[str]) -> str:
    given = _and(conditions)
    return f"{clause} WHERE {given}" if given else clause


def _and(conditions: list[str]) -> str:
    return " AND ".join(condition for condition in conditions if condition)
