"""A conversation on paper: as plain text, and as a page to print.

The page holds no style and no script of its own, and every word a person or the assistant wrote is
escaped: what somebody typed can never become part of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Protocol
from urllib.parse import urlsplit

from irs.showing import DISCLAIMER

TITLE = "Your conversation about the CP503"
WHO = {
    "visitor": "You",
    "assistant": "Assistant (a bot)",
    "advisor": "Advisor",
    "notice": "Notice of this page",
}
_NO_NAME = "the tax firm that runs this page"


class Said(Protocol):
    """A message of the ledger, as far as it is printed."""

    @property
    def author(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def text(self) -> str: ...
    @property
    def links(self) -> Sequence[Mapping[str, str]]: ...
    @property
    def data(self) -> Any: ...


def text(messages: Iterable[Said], firm: Mapping[str, str] | None = None) -> str:
    """The conversation as plain text, times in UTC; a turn nobody typed is left out."""
    blocks = [f"{TITLE}\n{_with(firm)}\n{DISCLAIMER}"]
    for said in _shown(messages):
        lines = [f"{_who(said)}, {_moment(said.at)}", _whole(said.text)]
        lines += [f"{link['title']}: {link['url']}" for link in _links(said)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def page(messages: Iterable[Said], firm: Mapping[str, str] | None = None) -> str:
    """The conversation as an HTML page that prints itself (its script and style are the page's)."""
    articles = "\n".join(_article(said) for said in _shown(messages))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(TITLE)}</title>\n"
        '<link rel="stylesheet" href="/print.css">\n'
        '<script type="module" src="/print.js"></script>\n'
        f"</head>\n<body>\n<header>\n<h1>{escape(TITLE)}</h1>\n<p>{escape(_with(firm))}</p>\n"
        f"</header>\n<main>\n{articles}\n</main>\n<footer><p>{escape(DISCLAIMER)}</p></footer>\n"
        "</body>\n</html>\n"
    )


def _with(firm: Mapping[str, str] | None) -> str:
    told = firm or {}
    name, phone = (told.get("name") or "").strip(), (told.get("phone") or "").strip()
    return f"With the assistant of {name or _NO_NAME}{f', {phone}' if phone else ''}"


def _shown(messages: Iterable[Said]) -> list[Said]:
    return [said for said in messages if said.author in WHO]


def _who(said: Said) -> str:
    """The author; an advisor by name."""
    if said.author == "advisor" and isinstance(said.data, dict) and said.data.get("by"):
        return f"{said.data['by']} (advisor)"
    return WHO[said.author]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _whole(words: str) -> str:
    """A text with plain line ends, and without characters that a file or page cannot hold."""
    joined = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in joined if c in "\n\t" or c.isprintable())


def _links(said: Said) -> list[Mapping[str, str]]:
    """The links that lead to the web; no other address is ever written as one."""
    return [link for link in said.links or () if link.get("title") and _on_the_web(link)]


def _on_the_web(link: Mapping[str, str]) -> bool:
    try:
        return urlsplit(link.get("url") or "").scheme in ("http", "https")
    except ValueError:  # not an address at all
        return False


def _article(said: Said) -> str:
    moment = said.at.astimezone(UTC)
    parts = [part for part in _whole(said.text).split("\n\n") if part.strip()]
    lines = [
        f'<article class="{escape(said.author)}">',
        f'<p class="who">{escape(_who(said))} '
        f'<time datetime="{escape(moment.isoformat())}">{escape(_moment(said.at))}</time></p>',
        *(f"<p>{'<br>'.join(escape(line) for line in part.splitlines())}</p>" for part in parts),
    ]
    links = [
        f'<li><a href="{escape(link["url"])}">{escape(link["title"])}</a></li>'
        for link in _links(said)
    ]
    if links:
        lines.append(f'<ul class="links">{"".join(links)}</ul>')
    return "\n".join([*lines, "</article>"])
