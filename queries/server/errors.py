"""The one error of the managed server."""


class ServerError(Exception):
    """The managed server cannot do what was asked; the message says why and what to do."""
