// Delete articles, once what was found in them is gone.
UNWIND $ids AS id
MATCH (article:Article {id: id})
DETACH DELETE article
