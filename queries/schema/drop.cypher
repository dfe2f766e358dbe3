// Drop the index {name}.
DROP INDEX {name} IF EXISTS
