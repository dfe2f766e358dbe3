// What do these articles tell of where they have their claims from?
UNWIND $ids AS id
MATCH (article:Article {id: id})
RETURN id,
       article.text AS text,
       article.published AS published,
       article.noise AS noise,
       [(article)-[:PUBLISHED_BY]->(outlet) | outlet.id][0] AS outlet,
       COLLECT {
         MATCH (article)<-[:STATED_IN]-(statement:Statement)-[:EXPRESSES]->(claim:Claim)
         RETURN {
           claim: claim.id,
           kind: statement.kind,
           spans: statement.contentSpans,
           speaker: [(statement)-[:ATTRIBUTED_TO]->(speaker) | speaker.id][0],
           via: [(statement)-[:REPORTED_VIA]->(outlet) | outlet.id][0],
           reporter: COLLECT {
             MATCH way = (statement)-[:PART_OF*0..4]->(:Statement)-[:ATTRIBUTED_TO]->(outlet:Organization)
             WHERE EXISTS { (article)<-[:IN_ARTICLE]-(:Mention {kind: 'Outlet'})-[:REFERS_TO]->(outlet) }
             RETURN outlet.id
             ORDER BY length(way), outlet.id
             LIMIT 1
           }[0]
         }
         ORDER BY statement.start, statement.id
       } AS statements,
       COLLECT {
         MATCH (article)<-[:IN_ARTICLE]-(mention:Mention)-[:REFERS_TO]->(named:Organization)
         WHERE mention.spans IS NOT NULL
         RETURN [named.id, mention.spans]
         ORDER BY named.id
       } AS named
ORDER BY id
