"""Mail and saved web pages in MIME: EML, MBOX and MHTML.

A mail is its subject and its text, without headers, signature and attachments; of its two forms
the plain one counts unless it is a stub. What was forwarded is its own sender's.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from loader.pages.days import day
from loader.pages.decoding import decode_bytes, decode_html, tidy
from loader.pages.fragments import fragment_text, with_title
from loader.pages.html import read_html
from loader.pages.page import Limits, PageError, PageMetadata

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_KNOWN = frozenset({
    b"from", b"to", b"cc", b"subject", b"date", b"mime-version", b"content-type", b"message-id",
    b"received", b"return-path", b"delivered-to", b"reply-to", b"content-transfer-encoding",
    b"x-mailer", b"list-id", b"sender",
})  # fmt: skip
_SURE = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"})
_ENVELOPE = re.compile(rb"^From [^\r\n]*\d{2}:\d{2}[^\r\n]*\r?\n(?=[A-Za-z-]+:)", re.MULTILINE)
_REPLIED = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"\n-- ?\n")
_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{2,}\s*(?:Forwarded|Original) [Mm]essage\s*-{2,}|Begin forwarded message:)"
    r"[ \t]*\n+(?P<head>(?:[ \t>]*\*?[A-Z][A-Za-z-]+:\*?[ \t][^\n]*\n|"
    r"[ \t>]*\n(?=[ \t>]*\*?[A-Z][a-z]+:))+)",
    re.MULTILINE,
)
_FIELD = re.compile(r"^[ \t>]*\*?(?P<name>[A-Za-z-]+):\*?[ \t]+(?P<value>[^\n]*)$", re.MULTILINE)
_STUB = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message: its bytes, its text (subject first), metadata, address, and what was wrong."""

    data: bytes
    text: str
    metadata: PageMetadata
    url: str | None = None
    html: bool = False
    warnings: tuple[str, ...] = ()


def is_mail(head: bytes) -> bool:
    """Tell whether a file that starts so is a mail, a mailbox or a web page saved in MIME."""
    envelope = _ENVELOPE.match(head)
    position, names = envelope.end() if envelope else 0, set()
    while found := _HEADER.match(head, position):
        names.add(found[0].partition(b":")[0].lower())
        position = found.end()
    known = names & _KNOWN
    return len(known) >= 2 and (
        bool(names & _SURE) or envelope is not None or {b"subject", b"date", b"from"} <= known
    )


def read_mails(data: bytes, limits: Limits) -> Iterator[Mail | PageError]:
    """Yield the messages of a mail or mailbox."""
    starts = [found.start() for found in _ENVELOPE.finditer(data)]
    if not starts or starts[0] > 0:
        starts = [0]
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        message = data[start:end]
        try:
            yield _read(
                _ENVELOPE.sub(b"", message, count=1) if message[:5] == b"From " else message, limits
            )
        except PageError as error:
            yield error


def _read(data: bytes, limits: Limits) -> Mail:
    message = email.message_from_bytes(data, policy=default)
    inner = next(
        (part for part in message.walk() if part.get_content_type() == "message/rfc822"), None
    )
    attached = inner.get_payload() if inner is not None else None
    if isinstance(attached, list) and attached and isinstance(attached[0], EmailMessage):
        message = attached[0]
    plain, marked, url, warnings = _bodies(message, limits)
    if message.get_content_type() == "multipart/related" or url:
        page = read_html(marked, url)
        return Mail(
            data=data,
            text=page.text,
            metadata=page.metadata,
            url=page.url,
            html=True,
            warnings=warnings,
        )
    subject = _header(message, "subject")
    sender, sent = _header(message, "from"), day(_header(message, "date"))
    text = _text(plain, marked)
    text, sender, sent, subject = _as_sent(text, sender, sent, subject)
    title = _REPLIED.sub("", subject or "").strip() or None
    text = with_title(title, text)
    if not any(char.isalnum() for char in text):
        raise PageError("empty", "contains no text in its message; save it again or leave it out")
    bulk = any(message.get(name) for name in ("List-Unsubscribe", "List-Id"))
    metadata = PageMetadata(
        title=title,
        authors=tuple(filter(None, [parseaddr(sender or "")[0]])),
        published=sent,
        single=not bulk,
    )
    return Mail(data=data, text=text, metadata=metadata, warnings=warnings)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):  # headers beyond what parses
        return None
    return " ".join(tidy(str(value)).split()) or None if value is not None else None


def _bodies(message: EmailMessage, limits: Limits) -> tuple[str, str, str | None, tuple[str, ...]]:
    """Return the plain and the HTML form of a message, the page's address, and warnings."""
    plain, marked, url = "", "", None
    warnings: tuple[str, ...] = ()
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind not in {"text/plain", "text/html"} or part.get_filename():
            continue
        if (kind == "text/plain" and plain) or (kind == "text/html" and marked):
            continue
        raw = part.get_payload(decode=True)
        if not isinstance(raw, bytes) or not raw.strip():
            continue
        charset = str(part.get_param("charset") or "") or None
        found = (
            decode_html(raw, charset, limits) if kind == "text/html" else decode_bytes(raw, charset)
        )
        warnings += found.warnings
        if kind == "text/html":
            location = str(part.get("Content-Location") or "")
            marked, url = found.text, location if "://" in location else None
        else:
            plain = tidy(found.text).replace("\r\n", "\n")
    return plain, marked, url, warnings


def _text(plain: str, marked: str) -> str:
    plain = _SIGNATURE.split(plain, maxsplit=1)[0]
    if not marked:
        return plain
    shown = fragment_text(marked)
    return plain if len(plain.split()) >= _STUB * len(shown.split()) else shown


def _as_sent(
    text: str, sender: str | None, sent: date | None, subject: str | None
) -> tuple[str, str | None, date | None, str | None]:
    """Return text, sender, day and subject: those of the message that was forwarded, if one was."""
    found = _FORWARDED.search(text)
    if not found or len(text[: found.start()].split()) > 80:
        return text, sender, sent, subject
    fields = {each["name"].casefold(): each["value"] for each in _FIELD.finditer(found["head"])}
    rest = re.sub(r"(?m)^[ \t]*> ?", "", text[found.end() :])
    return (
        rest,
        fields.get("from", sender),
        day(fields.get("date") or fields.get("sent")) or sent,
        fields.get("subject", subject),
    )
