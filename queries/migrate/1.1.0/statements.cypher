// Say by which names statements know their sources and the outlets that relayed them; what was said before stays.
MATCH (statement:Statement)
CALL (statement) {
  OPTIONAL MATCH (statement)-[:ATTRIBUTED_TO]->(source:Person|Organization)
  OPTIONAL MATCH (statement)-[:REPORTED_VIA]->(outlet:Organization)
  SET statement.sourceName = coalesce(statement.sourceName, 'name/' + replace(source.id, '/', '-')),
      statement.channelName = coalesce(statement.channelName, 'name/' + replace(outlet.id, '/', '-'))
} IN TRANSACTIONS OF 10000 ROWS
