// $p0: '+"dam" +"will hold" +"AND" +"name"'
// $p1: ['dam', 'will', 'hold', 'and', 'name']
// $p2: 5
RETURN
COLLECT { CALL db.index.fulltext.queryNodes('search', $p0, {limit: 10000}) YIELD node AS n0, score
WITH * WHERE (n0:Article OR (n0:Organization AND NOT n0:Outlet))
WITH *
WITH * ORDER BY score DESC, n0.id
LIMIT $p2
RETURN [score, n0.name, n0.title, n0.text, coalesce(n0.aliases, []), n0.id, labels(n0)] } AS c0
