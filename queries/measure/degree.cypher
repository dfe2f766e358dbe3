// How many relationships of the type {type} do things labelled {label} have? On a sample of them.
MATCH (node:{label})
WITH node
LIMIT $sample
WITH COUNT {{ (node){left}[:{type}]{right}() }} AS degree
RETURN sum(degree) AS total, sum(degree * degree) AS squares, max(degree) AS most
