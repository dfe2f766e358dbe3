"""The pages for people: templates, what they show, the picture of the graph, the front end."""
