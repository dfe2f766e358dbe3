"""A first load of millions: records to files, and the files to a database by Neo4j's importer."""

from loader.bulk.filling import Staging
from loader.bulk.importer import BulkError, bulk_import, import_arguments, shell_command
from loader.bulk.staging import Stage, open_stage
from loader.bulk.tables import Tables, write_tables

__all__ = [
    "BulkError",
    "Stage",
    "Staging",
    "Tables",
    "bulk_import",
    "import_arguments",
    "open_stage",
    "shell_command",
    "write_tables",
]
