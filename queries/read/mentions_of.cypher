// How the mentions that are left name these {label} nodes; none for one that nothing mentions any more.
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
OPTIONAL MATCH (node)<-[:{type}]-(mention:Mention)
RETURN id, collect(mention {{.name, .kind, .forms}}) AS mentions
