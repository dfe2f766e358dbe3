// Which statements stand in the article $id, and who makes them?
MATCH (:Article {id: $id})<-[:STATED_IN]-(statement:Statement)
OPTIONAL MATCH (statement)-[:ATTRIBUTED_TO]->(speaker)
RETURN statement.id AS id,
       statement.text AS text,
       statement.kind AS kind,
       statement.act AS act,
       statement.contentSpans AS spans,
       statement.denied AS denied,
       statement.negative AS negative,
       statement.hedged AS hedged,
       statement.question AS question,
       coalesce(speaker.name, statement.source) AS speaker,
       speaker.id AS speakerId
ORDER BY statement.start, id
