"""Lines that stand on a page without being an article's prose: captions, promotions, buttons."""

import re
from typing import Literal

from loader.articles.outlets import outlet_like

NoiseKind = Literal["caption", "promotion", "related", "more", "separator", "end", "comments"]

_AGENCY = (
    r"AP|AFP|EPA(?:-EFE)?|EFE|Reuters|REUTERS|Getty|iStock|Shutterstock|Alamy|Sputnik|TASS|Xinhua|UPI|PA|"
    r"Bloomberg|dpa|ANSA|Anadolu|Zuma|Flickr|Wikimedia|Wikipedia|Unsplash|Pexels|Pixabay|NurPhoto|"
    r"Sipa|Rex|Magnum|Corbis|Kyodo|Yonhap|Maxar|Planet Labs|DVIDS|Handout|Pool|CC[ -]BY"
)
_CREDIT_WORDS = (
    r"photo(?:s|graph|grapher|credit)?|image|picture|pic|illustration|graphic|infographic|screen ?shot|"
    r"screen ?grab|courtesy|via|file|credit|handout|pool|video|map|chart|cartoon|art(?:work)?"
)
_PAREN_CREDIT = re.compile(
    rf"[(\[][^()\[\]]{{0,200}}?(?:\b(?:{_AGENCY})\b\s*(?:[/)\]]|via|photo|images|,|$)|/\s*(?:{_AGENCY})\b|"
    rf"\b(?:{_CREDIT_WORDS})\b\s*(?::|by\b|courtesy|credit|via\b|/|\]|\))|\bvia\s+[A-Z]|"
    rf"\bcourtesy\s+(?:of\s+)?[A-Z]|©|Getty Images)[^()\[\]]{{0,160}}[)\]]\W*$",
    re.IGNORECASE,
)
_TRAILING_CREDIT = re.compile(
    rf"(?:^|[\s.,|–—-])(?:(?:photo|image|picture|photograph|credit|source|illustration|graphic|video|"
    r"screenshot)s?(?: credits?| courtesy| source)?\s*(?::|by\b|courtesy of\b|via\b)\s*[^.!?]{2,80}|"
    rf"©\s*[^.!?]{{2,80}}|[^.!?\s/]+(?: [A-Z][^.!?\s/]+){{0,3}}\s?/\s?(?:{_AGENCY})(?:[ /][^.!?]{{0,40}})?|"
    rf"(?:{_AGENCY})(?: Photo)?\s?/\s?[A-Z][^.!?]{{2,40}})\.?$"
)
_CREDIT_LINE = re.compile(
    r"(?:(?:file|stock|archive|representative|representational|featured|cover|lead|representation)\s+)?"
    r"(?:photo|image|picture|pic|photograph|illustration|graphic|screenshot|video|map|credit|infographic)s?"
    r"(?:\s+(?:credits?|courtesy|source|by|from|via|of)\b)?\s*(?::|©|\||by\b|courtesy\b|via\b|credit\b)"
    r"[^!?]{1,200}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:caption|file photo|photo caption|image caption|media caption|in this (?:file )?(?:photo|image|"
    r"picture|screenshot|handout)|pictured|photo shows|this (?:file )?(?:photo|image|picture|handout))\b",
    re.IGNORECASE,
)
_MASTHEAD_PHOTO = re.compile(
    r"(?P<outlet>.{2,40}?)\s+(?:file\s+)?(?:photo|illustration|image|graphic)s?$", re.I
)
_MAX_CAPTION = 700

_PROMOTION = re.compile(
    r"\W*(?:sign(?:ing)? up\b|subscribe\b|join (?:our|us|the (?:conversation|discussion|debate)|now|\d)|"
    r"follow (?:us|our)\b|like us\b|click (?:here|to|below|on)\b|tap (?:here|to)\b|donate\b|"
    r"support (?:our|us|independent|the guardian|quality)|become a (?:member|subscriber|patron|supporter)|"
    r"download (?:our|the) |get (?:our|the latest|breaking|unlimited|full|more|email|news alerts)|"
    r"already a (?:subscriber|member)|log ?in\b|register (?:now|for|to|here)|create (?:an|your) account|"
    r"advertisements?\b|sponsored\b|promoted\b|continue reading below|story continues below|"
    r"article continues (?:below|after)|skip (?:to|ad|advert|advertisement|past)|loading\b|"
    r"share (?:this|on|via|to|with)|share$|tweet$|print(?: this)?$|e-?mail(?: this)?$|copy link|"
    r"(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|instagram|flipboard|youtube)\b[^.]{0,40}$|"
    r"listen to (?:this|the) (?:article|story|podcast)|watch (?:the video|live|more|now|this video)|play video|"
    r"view (?:all|comments|gallery|this post)|show (?:more|less|comments)|see (?:more|all)\b|load more|"
    r"tags?\s*:|tagged\b|filed under|categor(?:y|ies)\s*:|posted in\b|topics?\s*:|keywords?\s*:|labels?\s*:|"
    r"(?:this|our) (?:site|website) uses cookies|we use cookies|we and our partners|by (?:continuing|using|"
    r"clicking|signing up)|accept (?:all )?cookies|cookie (?:policy|settings|preferences)|privacy policy|"
    r"terms (?:of|and)\b|all rights reserved|copyright\b|©|\(c\) (?:19|20)|contact us\b|about us\b|"
    r"advertise (?:with|here)|send (?:us )?(?:a )?(?:tips?|news)|got a (?:tip|story|confidential)|"
    r"have (?:a|an?y) (?:tip|story|question)|report (?:a|an) (?:typo|error|correction|mistake)|"
    r"please (?:consider|support|subscribe|share|enable|note that your|sign|log|help us)|"
    r"if you (?:like|liked|enjoy|enjoyed|value|appreciate|found) (?:this|our|what)|don[’']?t miss\b|"
    r"never miss\b|stay (?:informed|updated|up to date|connected|tuned|on top)|want (?:more|to (?:get|read|stay))|"
    r"(?:our )?(?:free )?(?:daily |weekly )?newsletters?\b|you (?:have|'ve|’ve) (?:\d+|reached|read)|"
    r"(?:to )?read the full (?:story|article|report) (?:here|at)|enter your email|your email|thank(?:s| you) for "
    r"(?:reading|subscribing|signing)|follow .{3,40} on (?:twitter|facebook|instagram|telegram|google news|x)\b|"
    r"hide caption|toggle caption|enlarge this image|image credits?$|open in app|turn on (?:javascript|notifications)|"
    r"\d+ (?:shares?|comments?|views?|likes?|min(?:ute)?s?(?: read)?)$|(?:reading time|read time)\b|ad$|"
    r"back to top|previous (?:post|article)|next (?:post|article)|older posts|newer posts|home$|menu$|search$)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\W*(?:related(?: (?:articles?|stories|posts?|topics?|news|content|coverage|links?|reading))?|read (?:more|also|next|"
    r"this)|also read|see also|more (?:from|on|stories|news|like this|in)\b.{0,40}|recommended(?: (?:for you|stories|"
    r"reading))?|you (?:may|might) (?:also )?(?:like|be interested).{0,30}|most (?:read|popular|viewed|shared|recent)|"
    r"trending(?: now)?|popular (?:posts|now|stories)|latest (?:news|stories|posts|articles|headlines)|recent posts|"
    r"top (?:stories|news|headlines)|editors?[’']?s?[’']? picks?|further reading|what to read next|up next|"
    r"in other news|must[ -]reads?|similar (?:posts|articles|stories)|other (?:news|stories)|"
    r"(?:watch|must watch|watch now|video)(?=\s*[:>|]))"
    r"\s*(?P<rest>[:>|»→].*)?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"\W*(?:\d+ )?(?:comments?|responses?|replies)(?: \(\d+\)| on .{3,80}|:)?$|\W*leave (?:a|your) (?:comment|reply)\b|"
    r"\W*(?:post|add|write) (?:a|your) comment|\W*comments (?:are|have been) (?:closed|disabled)|\W*join the conversation",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*)?"
    r"[(\[]?\b(?:continue reading|read (?:more|on|the rest(?: of (?:this|the) (?:entry|article|post|story))?|full (?:story|"
    r"article|post)|the (?:full|whole|entire) (?:story|article|post|report)|this (?:article|story))|keep reading|"
    r"view (?:full )?(?:article|post|story)|full (?:story|article)|more)\b[)\]]?\s*(?P<tail>[^.!?]{0,80})?"
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
    if words <= 8 and _MORE.match(text) and not re.match(r"\W*more\s+\w", text, re.IGNORECASE):
        return "more"
    related = _RELATED.match(text)
    if related and words <= 30 and not (text.endswith(".") and words > 12):
        return "related"
    if words <= 40 and _PROMOTION.match(text) and not _is_prose(text, words):
        return "promotion"
    if is_caption(text):
        return "caption"
    return None


def is_caption(text: str) -> bool:
    """Tell whether a line is a picture's caption or credit."""
    if len(text) > _MAX_CAPTION:
        return False
    photo = _MASTHEAD_PHOTO.fullmatch(text) if len(text) < 60 else None
    if photo and outlet_like(photo["outlet"]):
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
