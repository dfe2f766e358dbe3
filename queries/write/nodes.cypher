// Write the nodes labelled {labels}: merged with those that are there, or created where none can be.
UNWIND $rows AS found
{write} (node:{label} {{id: found.id}})
SET node:{labels} // locks it before it is read: another load may be adding to it
WITH node, found, {before} AS before
SET node += found {{.*{merged}}}
RETURN collect(node.id) AS ids, collect(elementId(node)) AS elements,
       collect(CASE WHEN before <> {before} THEN node.id END) AS changed
