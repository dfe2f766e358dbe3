// Who stands out: the $limit most quoted, the $limit most cited as experts, and how often are they quoted?
CALL () {
  MATCH (person:Person)
  WITH person, COUNT { (person)<-[:ATTRIBUTED_TO]-() } AS statements
  WHERE statements > 1
  RETURN person
  ORDER BY statements DESC, person.id
  LIMIT $limit
  UNION
  MATCH (citation:Citation {role: 'expert'})-[:OF]->(person:Person)
  WITH person, count(citation) AS citations
  RETURN person
  ORDER BY citations DESC, person.id
  LIMIT $limit
}
RETURN person.id AS id,
       COUNT { (person)<-[:ATTRIBUTED_TO]-() } AS statements,
       EXISTS { (person)<-[:OF]-(:Citation {role: 'expert'}) } AS expert
ORDER BY statements DESC, id
