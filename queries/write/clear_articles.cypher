// Take away what was found in articles, so that another run can say it anew; return what it led to.
UNWIND $ids AS id
MATCH (article:Article {{id: id}})
OPTIONAL MATCH (article)<-[:{inside}]-(part)
WITH article, collect(part) AS parts
WITH article, parts,
     COLLECT {{
       UNWIND [article] + parts AS part
       MATCH (part)-[:!FROM_PAGE]->(shared)
       RETURN DISTINCT shared.id
     }} AS named
CALL (article) {{
  MATCH (article)-[edge:!FROM_PAGE]->()
  DELETE edge
}}
FOREACH (part IN parts | DETACH DELETE part)
SET article = article {{.id, .locations}}
WITH collect(named) AS lists
RETURN reduce(all = [], list IN lists | all + list) AS ids
