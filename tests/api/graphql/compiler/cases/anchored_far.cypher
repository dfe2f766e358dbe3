// $p0: True
// $p1: 'person/ada'
RETURN
COUNT { MATCH (n0:Article)<-[:STATED_IN]-(n1)-[:ATTRIBUTED_TO]->(n2:Person|Organization|Country|Document) WHERE n1.negated = $p0 AND n2.id = $p1
WITH DISTINCT n0 RETURN n0 } AS c0
