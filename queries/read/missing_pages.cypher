// Which of these pages are not in the graph?
UNWIND $ids AS id
WITH id
WHERE NOT EXISTS { MATCH (:Page {id: id}) }
RETURN id
ORDER BY id
