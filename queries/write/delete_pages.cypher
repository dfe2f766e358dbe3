// Delete pages, once their articles are off them.
UNWIND $ids AS id
MATCH (page:Page {id: id})
DETACH DELETE page
