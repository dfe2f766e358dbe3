// Who belongs to $organization
// People who belong to the organization according to articles, and how they are described.
// $organization: String, affiliations
MATCH path = (:Organization {name: $organization})<-[:AFFILIATED_WITH]-(:Citation)-[:OF]->()
RETURN path
LIMIT 300
