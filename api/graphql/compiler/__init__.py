"""From a GraphQL operation to one Cypher statement and a shaper for its record.

The passes, each a value in and a value out: ``selection`` (what is asked, by graphql-core) and
``catalog`` (what it means, from the ontology) → ``planner`` (the plan, a typed tree) → ``cypher``
(its text) and ``shaper`` (its reader). Arguments stay apart, as ``parameters``.
"""
