"""The graph read: GraphQL, RDF, pages and pictures."""
