// Let all claims be compared with each other.
MATCH (claim:Claim)
CALL (claim) {
  SET claim.sketch1 = 'pending'
} IN TRANSACTIONS OF 10000 ROWS
