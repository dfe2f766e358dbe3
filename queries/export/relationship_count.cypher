// How many relationships {type} are there?
MATCH ()-[edge:{type}]->()
RETURN count(edge) AS edges
