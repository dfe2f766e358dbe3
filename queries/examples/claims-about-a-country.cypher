// About which country are there most claims?
MATCH (country:Country)
WHERE EXISTS { (country)<-[:ABOUT]-(:Claim) }
WITH country
ORDER BY COUNT { (country)<-[:ABOUT]-() } DESC, country.id
LIMIT 1
RETURN country.id AS country
