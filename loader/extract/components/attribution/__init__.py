"""The rules behind the ``attributions`` component, a family of rules a module."""
