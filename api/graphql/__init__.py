"""GraphQL: the schema and its types, the compiler, the limits, the engine and its Bolt client."""
