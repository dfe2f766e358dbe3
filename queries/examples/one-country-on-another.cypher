// Which country makes most claims about another? $source and $about may be given.
MATCH (source:Country)
WHERE $source IS NULL OR source.id = $source
CALL (source) {
  MATCH (source)<-[:SOURCE_COUNTRY|ATTRIBUTED_TO]-(statement:Statement)
  WITH statement
  LIMIT 10000
  MATCH (statement)-[:EXPRESSES]->(claim:Claim)-[:ABOUT]->(about:Country)
  WHERE $about IS NULL OR about.id = $about
  RETURN about, count(DISTINCT claim) AS claims
}
RETURN source.id AS source, about.id AS about
ORDER BY source <> about DESC, claims DESC, source, about
LIMIT 1
