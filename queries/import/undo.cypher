// Delete every node, since the import that wrote them failed.
MATCH (node)
CALL (node) {
  DETACH DELETE node
} IN TRANSACTIONS OF 1000 ROWS
