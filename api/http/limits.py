"""Limits on what one request may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds on what a single request, and all requests together, may use.

    Attributes:
        body_bytes: size of the request body, in bytes.
        body_seconds: time a client has to send the body, in seconds.
        head_bytes: size of the request line and headers, in bytes.
        head_seconds: time a client has to send them, in seconds.
        send_seconds: time a client has to receive the next 64 kB of a response, in seconds.
        connections: open connections per worker.
        connections_per_address: open connections from one address; the longest idle one gives way.
        tokens: lexical tokens in a document, plus a tenth as many comments.
        depth: levels of nested fields, including ``edges`` and ``node`` but not introspection.
        aliases: aliases in an operation; those in fragments count each time they are used.
        directives: directives in an operation, counted in the same way.
        fields: fields in an operation, with its fragments expanded.
        input_depth: levels of nested objects and lists in one argument or variable.
        input_values: values in all variables together.
        default_list: items in a list if the client does not give a size.
        list_size: items in one list.
        nodes: objects in one answer, estimated from list sizes and measured degrees.
        cost: relationships to traverse, estimated from list sizes and measured degrees.
        query_seconds: time the database has for one operation, in seconds.
        running: operations that run at the same time in one worker.
        waiting: operations that may wait for one of them to finish.
        waiting_seconds: time an operation may wait before it is rejected, in seconds.
    """

    body_bytes: int = 100_000
    body_seconds: float = 10.0
    head_bytes: int = 65_536
    head_seconds: float = 10.0
    send_seconds: float = 60.0
    connections: int = 1_000
    connections_per_address: int = 250
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
