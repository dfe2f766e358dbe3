"""How much one request may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a request, and all requests together, may take. Every figure is an upper bound.

    Attributes:
        body_bytes: length of a request's body.
        body_seconds: time a client has to send its body.
        head_bytes: length of a request's head: its address and headers.
        head_seconds: time a client has to send its request's head.
        send_seconds: time a client has to take the next 64 kB of an answer.
        connections: open connections of one worker.
        tokens: lexical tokens of a document; a tenth as many comments are allowed on top.
        depth: nested fields, ``edges`` and ``node`` included, introspection excluded.
        aliases: aliases of an operation, with those in fragments counted at every use.
        directives: directives of an operation, counted in the same way.
        fields: fields of an operation once its fragments are put in.
        input_depth: nested objects and lists in one argument or variable.
        input_values: values in all variables together.
        default_list: items of a list whose size the caller does not give.
        list_size: items of one list.
        nodes: things one answer may hold, by list sizes and measured degrees.
        cost: relationships the database is expected to walk, by list sizes and measured degrees.
        query_seconds: time the database has for one operation.
        running: operations that run at the same time in one worker.
        waiting: operations that wait for one of those to end.
        waiting_seconds: time they wait before they are sent away.
    """

    body_bytes: int = 100_000
    body_seconds: float = 10.0
    head_bytes: int = 65_536
    head_seconds: float = 10.0
    send_seconds: float = 60.0
    connections: int = 1_000
    tokens: int = 1_000
    depth: int = 15
    aliases: int = 15
    directives: int = 50
    fields: int = 1_000
    input_depth: int = 12
    input_values: int = 1_000
    default_list: int = 25
    list_size: int = 100
    nodes: int = 10_000
    cost: int = 100_000
    query_seconds: float = 10.0
    running: int = 32
    waiting: int = 128
    waiting_seconds: float = 5.0
