// Show the claims of these people
MATCH (speaker)
WHERE elementId(speaker) IN $nodes
MATCH path = (speaker)<-[:ATTRIBUTED_TO]-(:Statement)-[:EXPRESSES]->(:Claim)
RETURN path
LIMIT 300
