"""Lists of the classes that have no line in the table of kinds, made from the ontology.

A class that the ontology gains is listed here, and its things are told at ``/id/…``, until
somebody says in ``kinds.py`` what readers want to know of it.
"""

import re

from api.graphql.compiler.catalog import Catalog
from api.site.filters import Filter
from api.site.kinds import BY_PLURAL, ListKind, Sort
from ontology.model import Model

_DOCUMENT = """# {title}, as the ontology knows them.
query {field}(
  $where: {type}Filter, $orderBy: [{type}Order!]
  $first: Int, $after: String, $last: Int, $before: String
) {{
  list: {root}(
    where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before
  ) {{
    totalCount
    pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
    nodes {{ id {caption}}}
  }}
}}
"""


def other_lists(model: Model, catalog: Catalog) -> tuple[ListKind, ...]:
    """A list for each class of its own that no list of the site shows, by the class's name."""
    shown = set(BY_PLURAL)
    made = []
    for root in catalog.roots.values():
        item = catalog.types.get(root.target)
        plural = re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", root.name)
        if root.kind != "many" or root.having or item is None or item.abstract or plural in shown:
            continue
        title = plural.replace("-", " ").capitalize()
        caption = model.classes[root.target].caption
        known = item.properties.get(caption)
        single = known is not None and not known.many
        text = single and known is not None and known.kind == "string"
        one = model.classes[root.target].name
        made.append(
            ListKind(
                plural=plural,
                title=title,
                noun=(one, title.lower()),
                lead=model.classes[root.target].description,
                filters=(
                    (
                        Filter(
                            key="text",
                            label="Containing",
                            form="text",
                            path=f"{caption}.contains",
                            hint="words",
                        ),
                    )
                    if text
                    else ()
                ),
                sorts=(Sort(key="id", label="By id", order=({"id": "ASC"},)),),
                document=_DOCUMENT.format(
                    title=title,
                    field=root.name[0].upper() + root.name[1:],
                    type=root.target,
                    root=root.name,
                    caption=f"name: {caption} " if single else "",
                ),
            )
        )
    return tuple(made)
