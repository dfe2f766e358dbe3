"""Posts of social networks that an HTML page embeds: set as quotations of their writers."""

import re

from lxml import html

_SIGNED = re.compile(r"(?:—|–|--)\s*(?P<name>[^()@—\n]{2,60}?)\s*\(\s*@[\w.-]+\s*\)")
_LINK = re.compile(r"\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+")
_MARKS = '"“”'
_NO_NAME = re.compile(r"[^\w\s.'’-]+")
_LONGEST = 2_000


def quote_posts(tree: html.HtmlElement) -> None:
    """Set each embedded post as a paragraph: its words in quotation marks, then its writer's name.

    The networks mark a post up as a block quotation that ends in "— Name (@account) day". The
    account and the day are not the article's, and are left out.
    """
    for quote in list(tree.iter("blockquote")):
        whole = " ".join(" ".join(map(str, quote.itertext())).split())
        signed = None if len(whole) > _LONGEST else next(_SIGNED.finditer(whole), None)
        if signed is None:
            continue
        words = _LINK.sub("", whole[: signed.start()]).strip(_MARKS + " ")
        name = " ".join(_NO_NAME.sub(" ", signed["name"]).split())
        if not words or not name or quote.getparent() is None:
            continue
        for child in list(quote):
            quote.remove(child)
        quote.attrib.clear()
        quote.tag, quote.text = "p", f"“{words}” — {name}"
        for holder in quote.iterancestors("figure"):
            holder.tag = "div"  # not a picture
