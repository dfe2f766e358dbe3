// What leads to the node labelled {label} with the id by {type}: the newest, and how many there are?
MATCH (node:{label} {{id: $id}})
RETURN COUNT {{ (node)<-[:{type}]-() }} AS total,
       COLLECT {{
         MATCH (node)<-[:{type}]-(source)
         RETURN source.id
         ORDER BY coalesce(source.published, date('0001-01-01')) DESC, source.id
         LIMIT $limit
       }} AS ids
