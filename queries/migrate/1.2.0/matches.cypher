// Forget which claims match: they are compared by other rules now.
MATCH (match:ClaimMatch)
CALL (match) {
  DETACH DELETE match
} IN TRANSACTIONS OF 10000 ROWS
