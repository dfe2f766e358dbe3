// Take away what was found in articles, so that another run can say it anew; return what it named.
UNWIND $ids AS id
MATCH (article:Article {id: id})
OPTIONAL MATCH (article)<-[:STATED_IN|IN_ARTICLE]-(part)
OPTIONAL MATCH (part)-[:EXPRESSES|REFERS_TO|USES_NAME|OF|AFFILIATED_WITH]->(shared)
WITH article, collect(DISTINCT part) AS parts, collect(DISTINCT shared.id) AS named
CALL (article) {
  MATCH (article)-[edge:WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|EXTRACTED_BY]->()
  DELETE edge
}
FOREACH (part IN parts | DETACH DELETE part)
WITH collect(named) AS lists
RETURN reduce(all = [], list IN lists | all + list) AS ids
