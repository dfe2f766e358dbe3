// Which database is this? An emptied store of the same name is another one.
CALL db.info() YIELD id
RETURN id
