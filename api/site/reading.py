"""What the pages ask of the graph: the documents of ``queries/site``, run as everybody's are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.graphql.folder import Folder
from api.graphql.running import Runner
from api.http.errors import ApiError, Code, as_api_error

FOLDER = Path(__file__).parents[2] / "queries" / "site"
_DOCUMENTS = Folder(FOLDER)
document = _DOCUMENTS.document
documents = _DOCUMENTS.documents


class Reader:
    """Runs the site's documents.

    Args:
        runner: what runs everybody's operations.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._planned: set[str] = set()

    async def ask(self, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data that the document ``name`` gives.

        Raises:
            ApiError: the graph cannot answer; the message says why.
        """
        return await self.run(document(name), variables)

    async def run(self, text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data that a document gives.

        Raises:
            ApiError: the graph cannot answer; the message says why.
        """
        given = dict(variables)
        operation = self._runner.operation(text, given)
        try:
            result = await self._runner.execute(operation, given)
        except ApiError as error:
            # After a start, the database may take longer to plan a statement than to answer it;
            # the plan is kept, so that the second time it answers.
            if error.code is not Code.QUERY_TIMEOUT or text in self._planned:
                raise
            self._planned.add(text)
            result = await self._runner.execute(operation, given)
        self._planned.add(text)
        for fault in result.errors or ():
            known = as_api_error(fault)
            raise known or ApiError(fault.message, code=Code.BAD_USER_INPUT, status=400)
        return result.data or {}

    async def version(self) -> str:
        """A text that changes whenever the graph does.

        Raises:
            ApiError: the database is away or too slow.
        """
        return await self._runner.version()
