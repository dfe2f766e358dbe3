"""GraphQL documents, ready to run: parsed, held against the limits, validated, planned, once each.

A document is looked up by its text, so that of two requests which differ in their variables only
the first is parsed. Documents of a trusted folder are looked up by name or hash as well, and may
be the only ones that are run.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from graphql import (
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.rules.custom.no_schema_introspection import NoSchemaIntrospectionCustomRule
from graphql.validation.specified_rules import specified_rules

from api.graphql.limits import Assessment, CostModel, check_shape
from api.graphql.operation import Operation, Plans
from api.http.errors import ApiError, Code, DocumentError, LimitError
from api.http.limits import Limits
from queries.counts import counted

_KEPT = 512
_KEPT_LENGTH = 20_000
_MAX_ERRORS = 5
# Comparing fields that may clash is quadratic. graphql-core's own bound takes it 0.1 s and more.
_COMPARISONS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllowedOperation(Operation):
    """An operation that may be run, with what reckons its cost.

    Attributes:
        assessment: reckons the cost for the variables it comes with.
        introspective: whether it asks for the schema and nothing else, so that its answer is the
            same until the schema changes.
    """

    assessment: Assessment
    introspective: bool


Operations = Mapping[str | None, AllowedOperation]
"""A document's operations by name; the only one by None too."""


class DocumentsError(Exception):
    """The trusted documents cannot be used; the message says why and what to do."""


class TrustedDocuments:
    """The documents of a folder, by file name (without ``.graphql``) and by SHA-256 of the text.

    Raises:
        DocumentsError: the folder holds none: a server that trusts only them would answer nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._by_id: dict[str, str] = {}
        for path in sorted(folder.glob("*.graphql")):
            text = path.read_text(encoding="utf-8")
            self._by_id[path.stem] = text
            self._by_id[f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"] = text
        if not self._by_id:
            raise DocumentsError(f"{folder} contains no documents; put .graphql files there.")
        self._texts = frozenset(self._by_id.values())

    def text(self, document_id: str) -> str | None:
        """The document of that name or ``sha256:`` hash; None where there is none."""
        return self._by_id.get(document_id)

    def __contains__(self, text: str) -> bool:
        return text in self._texts


class Documents:
    """Looks documents up and prepares those it has not seen."""

    def __init__(
        self,
        costs: CostModel,
        *,
        introspection: bool = True,
        trusted: TrustedDocuments | None = None,
        trusted_only: bool = False,
        own: Collection[str] = (),
    ) -> None:
        """Prepare nothing yet; ``own`` are the server's documents, which it always trusts."""
        self._costs = costs
        self._own = frozenset(own)
        self._trusted = trusted
        self._trusted_only = trusted_only
        self._rules = (
            specified_rules
            if introspection
            else (*specified_rules, NoSchemaIntrospectionCustomRule)
        )
        self._prepared: OrderedDict[str, Operations] = OrderedDict()
        overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = _COMPARISONS

    def reckon_with(self, costs: CostModel) -> None:
        """Reckon from now on with other degrees; documents and their plans stay."""
        self._costs = costs
        for text, operations in self._prepared.items():
            self._prepared[text] = {
                name: replace(item, assessment=costs.assess(item.document, item.node))
                for name, item in operations.items()
            }

    def operation(
        self, query: str | None, document_id: str | None, name: str | None
    ) -> AllowedOperation:
        """The operation to run.

        Raises:
            ApiError: the document is not known, trusted, well-formed, valid or within the limits,
                or has no such operation.
        """
        text = self._text(query, document_id)
        operations = self._prepared.get(text)
        if operations is None:
            operations = self._prepare(text)
            if len(text) <= _KEPT_LENGTH:
                self._prepared[text] = operations
                if len(self._prepared) > _KEPT:
                    self._prepared.popitem(last=False)
        else:
            self._prepared.move_to_end(text)
        found = operations.get(name)
        if found is None:
            raise _no_such_operation(operations, name)
        return found

    def _text(self, query: str | None, document_id: str | None) -> str:
        if document_id is not None:
            trusted = self._trusted.text(document_id) if self._trusted else None
            if trusted is not None:
                return trusted
            if query is None:
                raise ApiError(
                    "The server does not know a document with this id; send the document itself "
                    "as 'query'.",
                    code=Code.DOCUMENT_NOT_FOUND,
                    status=404 if self._trusted_only else 400,
                    well_formed=not self._trusted_only,
                )
        text = query or ""
        known = text in self._own or (self._trusted is not None and text in self._trusted)
        if self._trusted_only and not known:
            raise ApiError(
                "This server runs trusted documents only; name one with 'documentId'.",
                code=Code.DOCUMENT_NOT_TRUSTED,
                status=403,
            )
        return text

    def _prepare(self, text: str) -> Operations:
        limits = self._costs.limits
        try:
            document = parse(
                text,
                max_lexical_tokens=limits.tokens,
                max_comments=max(limits.tokens // 10, 20),
                max_source_length=limits.body_bytes,
            )
        except GraphQLError as error:
            raise _unreadable(error, limits) from error
        check_shape(document, limits)
        errors = validate(
            self._costs.schema,
            document,
            self._rules,
            max_errors=_MAX_ERRORS,
            hide_suggestions=NoSchemaIntrospectionCustomRule in self._rules,
        )
        if errors:
            raise DocumentError(errors, code=Code.VALIDATION_FAILED)
        operations: dict[str | None, AllowedOperation] = {}
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                _check_kind(node)
                operations[node.name.value if node.name else None] = AllowedOperation(
                    text=text,
                    document=document,
                    node=node,
                    plans=Plans(document),
                    assessment=self._costs.assess(document, node),
                    introspective=_is_introspective(node),
                )
        if len(operations) == 1:
            operations.setdefault(None, next(iter(operations.values())))
        return operations


def _unreadable(error: GraphQLError, limits: Limits) -> ApiError:
    if "Parsing aborted" in error.message:
        return LimitError(
            f"The document has more than {counted(limits.tokens, 'token')} (or a tenth as many"
            " comments); "
            "make it shorter, or split it into several requests.",
            limit="tokens",
            value=limits.tokens + 1,
            maximum=limits.tokens,
        )
    return DocumentError([error], code=Code.PARSE_FAILED)


def _check_kind(node: OperationDefinitionNode) -> None:
    if node.operation is not OperationType.QUERY:
        error = GraphQLError(
            f"The API is read-only: it does not support {node.operation.value}s.", nodes=[node]
        )
        raise DocumentError([error], code=Code.VALIDATION_FAILED)


def _is_introspective(node: OperationDefinitionNode) -> bool:
    return all(
        isinstance(selection, FieldNode) and selection.name.value.startswith("__")
        for selection in node.selection_set.selections
    )


def _no_such_operation(operations: Operations, name: str | None) -> ApiError:
    names = ", ".join(f"'{known}'" for known in operations if known)
    if not operations:
        message = "The document contains no operation, only fragments."
    elif name is None:
        message = (
            f"The document contains several operations; name one with 'operationName': {names}."
        )
    else:
        message = (
            "The document contains no operation with that name; it contains "
            f"{names or 'one without a name'}."
        )
    return ApiError(message, code=Code.VALIDATION_FAILED, well_formed=True)
