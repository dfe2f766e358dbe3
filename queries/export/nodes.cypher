// What is all there is to say of the first nodes labelled {label} in each range of ids?
UNWIND $ranges AS range
CALL (range) {{
  MATCH (node:{label})
  WHERE node.id >= range[0]
    AND node.id <= range[1]
  RETURN node
  ORDER BY node.id
  LIMIT $limit
}}
RETURN collect([
    node.id,
    labels(node),
    size([key IN keys(node) WHERE NOT key STARTS WITH '_']),
    [(node)-[edge]->(target) | CASE size(keys(edge)) WHEN 0 THEN type(edge) + ' ' + target.id END],
    {columns}
  ]) AS rows
