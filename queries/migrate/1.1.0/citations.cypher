// Say by which names citations know the organizations of the cited; what was said before stays.
MATCH (citation:Citation)-[:AFFILIATED_WITH]->(organization:Organization)
CALL (citation, organization) {
  SET citation.affiliationName = coalesce(citation.affiliationName, 'name/' + replace(organization.id, '/', '-'))
} IN TRANSACTIONS OF 10000 ROWS
