// What does the graph keep of these articles, of their statements, and of what found them?
UNWIND $ids AS id
MATCH (article:Article {id: id})
RETURN article {.id, .text, .kind, .title, .titleSpan, .subtitle, .language, .published, .modified,
                .noise, .locations, .authorNames, .outletName},
       COLLECT {
         MATCH (article)<-[:IN_ARTICLE]-(mention:Mention)-[:USES_NAME]->(name)
         WHERE name.id IN article.authorNames
            OR name.id = article.outletName
         RETURN mention {.name, .forms, uses: name.id, spans: mention.bylineSpans} AS named
       } AS named,
       COLLECT {
         MATCH (article)-[:EXTRACTED_BY]->(run)
         RETURN run {.id, .software, .version, .model, .ontologyVersion} AS run
       } AS runs,
       COLLECT {
         MATCH (article)<-[:STATED_IN]-(statement:Statement)
         RETURN {
           properties: properties(statement),
           edges: [(statement)-[edge]->(target) | [type(edge), target.id]],
           denoted: COLLECT {
             MATCH (name:Name)-[:DENOTES]->(entity)
             WHERE name.id IN [statement.sourceName, statement.channelName]
             RETURN [name.id, entity.id] AS pair
           }
         } AS said
         ORDER BY statement.id
       } AS statements
ORDER BY id
