// Which word, a long one if there is one, stands in most claims? Countries and what is called after them aside.
MATCH (claim:Claim)
WITH claim
ORDER BY claim.id
LIMIT 2000
UNWIND split(toLower(claim.text), ' ') AS word
WITH DISTINCT claim, word
WHERE word =~ '[a-z]{3,}' AND NOT word IN [
  'across', 'against', 'almost', 'already', 'although', 'always', 'another', 'anything', 'around',
  'because', 'become', 'before', 'behind', 'beyond', 'better', 'between', 'cannot', 'coming',
  'during', 'either', 'enough', 'everyone', 'everything', 'further', 'having', 'however',
  'including', 'itself', 'likely', 'little', 'making', 'myself', 'nothing', 'number', 'others',
  'ourselves', 'people', 'perhaps', 'rather', 'really', 'second', 'should', 'simply', 'someone',
  'something', 'taking', 'themselves', 'though', 'through', 'together', 'toward', 'towards',
  'trying', 'unless', 'wanted', 'whether', 'within', 'without', 'working'
]
WITH word, count(claim) AS claims, size(word) >= 6 AS long
ORDER BY long DESC, claims DESC, word
LIMIT 100
WITH word, claims, long
WHERE NOT EXISTS {
  MATCH (country:Country)
  WHERE left(word, 4) IN [part IN split(toLower(country.name), ' ') | left(part, 4)]
}
RETURN word AS text
ORDER BY long DESC, claims DESC, word
LIMIT 1
