"""Watching folders and feeds: what is new is loaded, once."""


class WatchError(Exception):
    """A watch cannot go on; the message says why and what to do."""
