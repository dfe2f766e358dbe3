"""Lines that stand on a page without being an article's prose: captions, promotions, buttons."""

import re
from typing import Literal

from loader.articles.data import LISTS
from loader.articles.outlets import outlet_like

NoiseKind = Literal["caption", "promotion", "related", "more", "separator", "end", "comments"]

_AGENCY = LISTS("outlets", "agencies").alternatives
_CREDIT_WORDS = (
    r"photo(?:s|graph|grapher|credit)?|image|picture|pic|illustration|graphic|infographic|"
    r"screen ?shot|"
    r"screen ?grab|courtesy|via|file|credit|handout|pool|video|map|chart|cartoon|art(?:work)?"
)
_PAREN_CREDIT = re.compile(
    rf"[(\[][^()\[\]]{{0,200}}?(?:\b(?:{_AGENCY})\b\s*(?:[/)\]]|via|photo|images|,|$)|"
    rf"/\s*(?:{_AGENCY})\b|"
    rf"\b(?:{_CREDIT_WORDS})\b\s*(?::|by\b|courtesy|credit|via\b|/|\]|\))|\bvia\s+[A-Z]|"
    rf"\bcourtesy\s+(?:of\s+)?[A-Z]|©|Getty Images)[^()\[\]]{{0,160}}[)\]]\W*$",
    re.IGNORECASE,
)
_OUTLET_CREDIT = re.compile(r"\((?P<outlet>[^():]{2,40}):\s*[^():]{2,60}\)\W*$")
_TRAILING_CREDIT = re.compile(
    rf"(?:^|[\s.,|–—-])(?:(?:(?i:photo|image|picture|photograph|credit|illustration|graphic|video|"
    r"screenshot)s?|source|sources)(?: credits?| courtesy| source)?\s*(?::|by\b|courtesy of\b|"
    r"via\b)\s*[^.!?]{2,80}|"
    rf"©\s*[^.!?]{{2,80}}|Credit(?:\.\.\.|…)\s*[^!?]{{2,80}}|"
    rf"[^.!?\s/]+(?: [A-Z][^.!?\s/]+){{0,3}}\s?/\s?(?:{_AGENCY})(?:[ "
    rf"/][^.!?]{{0,40}})?|"
    rf"(?:{_AGENCY})(?: Photo)?\s?/\s?[A-Z][^.!?]{{2,40}}|(?:{_AGENCY})/Getty Images)\.?$"
)
_CREDIT_LINE = re.compile(
    r"(?:(?:file|stock|archive|representative|representational|featured|cover|lead|"
    r"representation)\s+)?"
    r"(?:photo|image|picture|pic|photograph|illustration|graphic|screenshot|video|map|"
    r"credit|infographic)s?"
    r"(?:\s+(?:credits?|courtesy|source|by|from|via|of)\b)?\s*(?::|©|\||by\b|courtesy\b|"
    r"via\b|credit\b)"
    r"[^!?]{1,200}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:caption|file photo|photo caption|(?:image|media) (?:caption|source)|"
    r"in this (?:file )?(?:photo|image|"
    r"picture|screenshot|handout)|pictured|photo shows|this (?:file )?(?:photo|image|"
    r"picture|handout))\b",
    re.IGNORECASE,
)
_MASTHEAD_PHOTO = re.compile(
    r"(?P<outlet>.{2,40}?)\s+(?:file\s+)?(?:photo|illustration|image|graphic)s?$", re.I
)
_MAX_CAPTION = 700
_STAGE = re.compile(
    r"[(\[](?:[A-Z][A-Z0-9 ,.:;’'“”\"\-]{2,120}|(?i:applause|laughter|crosstalk|inaudible|music|"
    r"cheers|cheering|pause|unintelligible|silence|sound ?bite)\b[^()\[\]]{0,80})[)\]]"
)
"""What a transcript notes between speeches: "(SOUNDBITE OF MUSIC)", "[Laughter]"."""

_PROMOTION = re.compile(rf"\W*(?:{LISTS('patterns', 'promotion').alternatives})", re.IGNORECASE)
_RELATED = re.compile(
    rf"\W*(?:{LISTS('patterns', 'related').alternatives})\s*(?P<rest>[:>|»→].*)?$", re.IGNORECASE
)
_COMMENTS = re.compile(rf"\W*(?:{LISTS('patterns', 'comments').alternatives})", re.IGNORECASE)
_MORE = re.compile(
    r"(?:\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*)?"
    rf"[(\[]?\b(?:{LISTS('patterns', 'more').alternatives})\b[)\]]?\s*(?P<tail>[^.!?]{{0,80}})?"
    r"(?:\s*(?:→|»|>+|›|…|\.\.\.|\)|\]))*\s*$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*[→»>]*$")
_SEPARATOR = re.compile(r"(?:[*#=_~•·⁂\-–—+.]\s*){3,}$|[⁂■◆●]+$")
_END = re.compile(
    r"\W*(?:-?\s*(?:30|ends?|xxx|###)\s*-?|\(?ends\)?|end of (?:article|story))\W*$", re.IGNORECASE
)


def noise_kind(text: str, *, words: int) -> NoiseKind | None:
    """Return what kind of noise a whole line is, or None where it may be prose."""
    if _SEPARATOR.match(text):
        return "separator"
    if words <= 3 and len(text) < 24 and _END.match(text) and not text.isalnum():
        return "end"
    if _COMMENTS.match(text) and words <= 14:
        return "comments"
    if (
        words <= 8
        and _MORE.match(text)
        and ":" not in text
        and not re.match(r"\W*more\s+\w", text, re.IGNORECASE)
    ):
        return "more"
    related = _RELATED.match(text)
    if related and words <= 30 and not (text.endswith(".") and words > 12):
        return "related"
    if words <= 40 and _PROMOTION.match(text) and not _is_prose(text, words):
        return "promotion"
    if is_caption(text) or _STAGE.fullmatch(text):
        return "caption"
    return None


def is_caption(text: str) -> bool:
    """Tell whether a line is a picture's caption or credit."""
    if len(text) > _MAX_CAPTION:
        return False
    photo = _MASTHEAD_PHOTO.fullmatch(text) if len(text) < 60 else None
    if photo and outlet_like(photo["outlet"]):
        return True
    credit = _OUTLET_CREDIT.search(text[-120:]) if len(text) < 400 else None
    if credit and (credit["outlet"] == "Supplied" or outlet_like(credit["outlet"])):
        return True
    return bool(
        _PAREN_CREDIT.search(text[-400:])
        or _CREDIT_LINE.match(text)
        or (len(text) < 400 and _TRAILING_CREDIT.search(text[-160:]))
        or (len(text) < 400 and _LABELLED.match(text))
    )


def trailing_more(text: str) -> int | None:
    """Return where "… Continue reading" starts at the end of a paragraph, if it ends so."""
    tail = max(0, len(text) - 160)
    last: re.Match[str] | None = None
    for found in _MORE.finditer(text, tail):
        last = found
    if last is None or last.start() == 0:
        return None
    phrase = text[last.start() :].strip()
    before = text[: last.start()].rstrip()
    marked = (
        phrase[0] in "…[(."
        or phrase[-1] in "→»>›…)]"
        or before.endswith(("…", "...", ".", "]", "”"))
    )
    bare_more = re.match(r"\W*more\b", phrase, re.IGNORECASE) is not None
    if not marked or (bare_more and phrase[0] not in "([" and phrase[-1] not in "→»>›)]"):
        return None
    return last.start() + (
        len(phrase) and len(text[last.start() :]) - len(text[last.start() :].lstrip())
    )


def ends_cut_off(text: str) -> bool:
    """Tell whether a paragraph breaks off with an ellipsis, as a teaser does."""
    return _ELLIPSIS.search(text[-20:]) is not None


def _is_prose(text: str, words: int) -> bool:
    """Tell a sentence that only starts like a promotion: it goes on past one sentence's length."""
    return words > 25 or ("said" in text and words > 12)
