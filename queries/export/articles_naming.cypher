// Which articles name the country?
MATCH (:Country {id: $country})<-[:MENTIONS]-(article:Article)
RETURN DISTINCT article.id AS id
ORDER BY id
