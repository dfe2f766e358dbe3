// $p0: '+"will hold" "dam" "hold" "name"'
// $p1: '+"will hold" +"dam" +"hold" +"name"'
// $p2: '+"will hold" +"dam" +"hold" +"name"'
// $p3: '+"will hold" +"dam" +"hold" +"name"'
// $p4: '+"will hold" "dam will hold and name"'
// $p5: '+"will hold" +"dam" +"hold" +"name"'
// $p6: '+"will hold" "dam hold name"'
// $p7: '-"x"'
// $p8: True
// $p9: [[' dam ', " dam's ", ' dams '], [' hold ', " hold's ", ' holding ', ' holded ', ' holdes ', ' holds ', ' holdly ', ' holde '], [' name ', ' nam ', " nam's ", ' naming ', ' named ', ' names ', ' nams ', ' namly ']]
// $p10: a vector of 256
// $p11: True
// $p12: ['dam', 'will', 'hold', 'and', 'name']
// $p13: 5
CALL () { CALL () { CALL () {
  CALL db.index.fulltext.queryNodes('search', $p3, {limit: 10000})
  YIELD node, score
  RETURN node, 10 + 0.05 * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('search', $p4, {limit: 10000})
  YIELD node, score
  RETURN node, 2 * 10 + 0.05 * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('names', $p7, {limit: 10000})
  YIELD node, score
  WITH node, score WHERE $p11
  RETURN node, 1 + 0.05 * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('names', $p5, {limit: 10000})
  YIELD node, score
  RETURN node, 10 + 1 + 0.05 * score AS score
  UNION ALL
  CALL db.index.fulltext.queryNodes('names', $p6, {limit: 10000})
  YIELD node, score
  RETURN node, 2 * 10 + 1 + 0.05 * score AS score
}
WITH node, max(score) AS score
RETURN node, [score, CASE WHEN $p8 OR score >= 2 * 10 THEN 'PHRASE'
  WHEN score >= 10 THEN 'ALL_WORDS' ELSE 'NEAR' END] AS told }
WITH node AS found, told[0] AS score, told[1] AS matched
RETURN collect([found, score, matched]) AS found0 }
RETURN
COLLECT { UNWIND found0 AS n0_hit
WITH n0_hit[0] AS n0, n0_hit[1] AS score, n0_hit[2] AS matched
WITH * WHERE (n0:Article OR (n0:Organization AND NOT n0:Outlet))
WITH *
WITH * ORDER BY score DESC, n0.id
LIMIT $p13
RETURN [score, n0.name, n0.title, n0.text, coalesce(n0.aliases, []), n0.id, labels(n0)] } AS c0
