"""A page cut into its articles, each with what it says about itself."""

from loader.articles.article import Article, ArticleKind, Byline, Span
from loader.articles.splitter import split

__all__ = ["Article", "ArticleKind", "Byline", "Span", "split"]
