// Let all claims that were long enough be compared with each other again.
MATCH (claim:Claim)
WHERE claim.sketch1 IS NOT NULL
CALL (claim) {
  SET claim.sketch1 = 'pending'
} IN TRANSACTIONS OF 10000 ROWS
