"""Saved questions as feeds: each new match is an entry, once."""
