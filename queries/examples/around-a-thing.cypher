// Who or what is cited and quoted most? People first.
MATCH (thing)<-[:ATTRIBUTED_TO|CITES|OF]-()
WITH thing
LIMIT 50000
WITH thing, count(*) AS links
RETURN thing.id AS id
ORDER BY thing:Person DESC, links DESC, id
LIMIT 1
