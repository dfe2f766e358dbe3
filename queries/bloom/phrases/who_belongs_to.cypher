// Who belongs to $organization
// Whom articles say to belong to the organization, in which words.
// $organization: String, affiliations
MATCH path = (:Organization {name: $organization})<-[:AFFILIATED_WITH]-(:Citation)-[:OF]->()
RETURN path
LIMIT 300
