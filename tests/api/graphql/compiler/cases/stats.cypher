RETURN
COUNT { MATCH (n0:Article) RETURN n0 } AS c0,
COUNT { MATCH (n1:Person) WHERE EXISTS { (n1)<-[:OF]-( {role: 'expert'}) } RETURN n1 } AS c1,
COUNT { ()-->() } AS c2,
toString(COLLECT { MATCH (n:Article) WHERE n.published IS NOT NULL RETURN n.published ORDER BY n.published LIMIT 1 }[0]) AS c3
