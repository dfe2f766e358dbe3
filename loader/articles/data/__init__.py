"""The word lists of this package; other packages ask its functions."""

from loader.wordlists import WordLists

LISTS = WordLists(__name__)
