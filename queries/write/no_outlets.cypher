// Organizations of which no name is an outlet's any more are organizations like others.
UNWIND $ids AS id
MATCH (organization:Organization {id: id})
REMOVE organization:Outlet
