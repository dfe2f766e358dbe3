// Wait until nobody else changes these {label} nodes; return their names, and of what each is called now.
UNWIND $ids AS id
MATCH (entity:{label} {{id: id}})
SET entity:{label}
WITH entity
OPTIONAL MATCH (entity)<-[:DENOTES]-(name:Name)
WITH entity, collect(name {{.id, .spelling, .kind, .forms}}) AS names
RETURN entity.id AS id, entity:Outlet AS outlet, names,
       names = [] AND NOT EXISTS {{ (entity)<-[:REFERS_TO]-() }} AS unused
