// To which organizations do the cited belong? Those of the most citations first.
MATCH (organization:Organization)
WITH organization, COUNT { (organization)<-[:AFFILIATED_WITH]-() } AS citations
WHERE citations > 0
RETURN organization.name AS name
ORDER BY citations DESC, name
LIMIT 300
