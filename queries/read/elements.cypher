// By which element ids this transaction finds nodes labelled {label}.
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
RETURN collect(id) AS ids, collect(elementId(node)) AS elements
