"""The graph as RDF: rows of the database to triples, and back.

The property graph and the RDF are one thing read twice. A node is a subject, a label its type, a
property a literal of the property's key, a relationship a triple. Nothing is lost, and nothing is
added; what has no such reading is refused by name.
"""
