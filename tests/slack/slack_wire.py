"""What goes over the wire between Slack and an app: texts, rich text, signatures, examples."""

import hashlib
import hmac
import html
import json
import re
from pathlib import Path
from uuid import uuid4

PAYLOADS = Path(__file__).parent / "payloads"
MANIFEST = Path(__file__).parents[2] / "slack" / "manifest.yaml"

_TYPED = re.compile(
    r"(?P<token><(?:[@#!][^<>\s]+)>)"
    r"|(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)'\"])"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<tel>(?<![\d-])(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4}(?![\d-]))"
    r"|(?P<site>\b(?:[a-z0-9-]+\.)+(?:gov|com|org|net|us)\b(?:/[^\s<>]*[^\s<>.,;:!?)'\"])?)",
    re.IGNORECASE,
)
_WIRE = re.compile(r"<(?P<what>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def _curled(text):
    """Straight quotes as phones and desktops turn them while one types."""
    text = re.sub(r"(^|[\s(\[])\"", "\\1\u201c", text)
    text = re.sub(r"(^|[\s(\[])'(?!\d)", "\\1\u2018", text)
    return text.replace('"', "\u201d").replace("'", "\u2019")


def typed(text, smart_quotes=True, links=True):
    """A person's words as Slack sends them to an app.

    ``&``, ``<`` and ``>`` are escaped; addresses, mail and phone numbers become links;
    ``<@U1>`` and the like stay what they are. In slash commands (``links=False``) nothing links.
    """

    def plain(part):
        return html.escape(_curled(part) if smart_quotes else part, quote=False)

    out, end = [], 0
    for found in _TYPED.finditer(text) if links else ():
        out.append(plain(text[end : found.start()]))
        end = found.end()
        kind, said = found.lastgroup, html.escape(found[0], quote=False)
        if kind == "token":
            out.append(found[0])
        elif kind == "url":
            out.append(f"<{said}>")
        else:
            scheme = {"mail": "mailto:", "tel": "tel:", "site": "http://"}[kind]
            out.append(f"<{scheme}{said}|{said}>")
    return "".join([*out, plain(text[end:])])


def rich_text(wire):
    """The ``blocks`` Slack adds to what a person wrote."""
    elements, end = [], 0

    def text(part):
        if part:
            elements.append({"type": "text", "text": html.unescape(part)})

    for found in _WIRE.finditer(wire):
        text(wire[end : found.start()])
        end = found.end()
        what, label = found["what"], found["label"]
        if what.startswith("@"):
            elements.append({"type": "user", "user_id": what[1:]})
        elif what.startswith("#"):
            elements.append({"type": "channel", "channel_id": what[1:]})
        elif what.startswith("!"):
            elements.append({"type": "broadcast", "range": what[1:]})
        else:
            link = {"type": "link", "url": html.unescape(what)}
            if label:
                link["text"] = html.unescape(label)
            elements.append(link)
    text(wire[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": uuid4().hex[:5], "elements": [section]}]


def signature(secret, timestamp, body):
    """``X-Slack-Signature`` of a request."""
    base = b"v0:" + str(timestamp).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def payload(name):
    """One example of ``payloads/`` by its name, to be changed at will."""
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def manifest():
    """The app's manifest."""
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
