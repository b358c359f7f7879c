"""The transcript: everything that was said, and nothing that was typed is ever part of the page."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

from document_cases import examples
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.documents import transcript
from irs.showing import DISCLAIMER

AT = datetime(2026, 11, 28, 15, 4, 5, tzinfo=UTC)
FIRM = {"name": "Harbor & Søn", "phone": "555-0142"}
EVIL = '<script>alert("1")</script><img src=x onerror=alert(1)> & \'"</p>'


@dataclass
class Said:
    text: str
    author: str = "visitor"
    at: datetime = AT
    links: list = field(default_factory=list)
    data: object = None


class Read(HTMLParser):
    """The elements of a page, with what stands in each article."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.articles, self.hrefs = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "article":
            self.articles.append("")
        if tag == "a":
            self.hrefs.append(dict(attrs)["href"])

    def handle_data(self, data):
        if self.articles:
            self.articles[-1] += data


def test_the_page_has_its_parts():
    talk = [
        Said("", author="frontdesk"),
        Said("hello\nthere\n\nand more"),
        Said("See this.", "assistant", links=[{"title": "IRS", "url": "https://www.irs.gov/?a=1&b"}]),
        Said("It is saved.", "notice"),
    ]  # fmt: skip
    read = Read(transcript.page(talk, FIRM))
    articles = [attrs["class"] for tag, attrs in read.tags if tag == "article"]
    assert articles == ["visitor", "assistant", "notice"]
    assert ("html", {"lang": "en"}) in read.tags
    assert ("link", {"rel": "stylesheet", "href": "/print.css"}) in read.tags
    assert [a for t, a in read.tags if t == "script"] == [{"type": "module", "src": "/print.js"}]
    assert [a for t, a in read.tags if t == "time"] == [{"datetime": AT.isoformat()}] * 3
    assert [a for t, a in read.tags if a.get("class") == "who"] == [{"class": "who"}] * 3
    assert read.hrefs == ["https://www.irs.gov/?a=1&b"]
    assert "Harbor &amp; Søn, 555-0142" in transcript.page(talk, FIRM)
    assert DISCLAIMER in transcript.page(talk, FIRM)


def test_what_was_typed_is_text_and_nothing_else():
    link = [{"title": EVIL, "url": 'https://x/"><script>'}, {"title": "b", "url": "javascript:1"},
            {"title": "c", "url": "http://["}]  # fmt: skip
    page = transcript.page([Said(EVIL, links=link)], {"name": EVIL, "phone": EVIL})
    read = Read(page)
    assert [t for t, _ in read.tags].count("script") == 1 and "img" not in {t for t, _ in read.tags}
    assert EVIL in read.articles[0] and read.hrefs == ['https://x/"><script>']
    for tag, attrs in read.tags:
        assert not any(name.startswith("on") or name == "style" for name in attrs), (tag, attrs)
    assert "<style" not in page


@examples(100)
@given(st.lists(st.tuples(st.sampled_from(list(transcript.WHO)), st.text(max_size=60)), max_size=5))
def test_any_talk_is_one_article_a_message(talk):
    said = [Said(text, author) for author, text in talk]
    read = Read(transcript.page(said, None))
    assert [a["class"] for t, a in read.tags if t == "article"] == [author for author, _ in talk]
    assert {t for t, _ in read.tags} <= {
        "html", "head", "meta", "title", "link", "script", "body", "header", "h1", "p", "main",
        "article", "time", "footer", "br",
    }  # fmt: skip
    for text in (transcript.text(said), transcript.page(said)):
        text.encode("utf-8")
        assert not any(ord(c) < 32 and c not in "\n\t" for c in text)


def test_the_text_holds_who_when_what_and_where():
    east = timezone(timedelta(hours=-5))
    talk = [
        Said("hello\r\nthere\x00", at=AT.astimezone(east)),
        Said("", author="frontdesk"),
        Said("See this.", "assistant", links=[{"title": "IRS", "url": "https://www.irs.gov"}]),
    ]
    assert transcript.text(talk, FIRM) == (
        "Your conversation about the CP503\nWith the assistant of Harbor & Søn, 555-0142\n"
        f"{DISCLAIMER}\n\n"
        "You, 2026-11-28 15:04 UTC\nhello\nthere\n\n"
        "Assistant (a bot), 2026-11-28 15:04 UTC\nSee this.\nIRS: https://www.irs.gov\n"
    )
    assert "the tax firm that runs this page" in transcript.text([], {"name": ""})


def test_an_advisor_is_named():
    at = datetime(2026, 11, 24, 15, 4, tzinfo=UTC)
    said = Said("Hello <b>", "advisor", at, data={"by": "Anna & Ben"})
    assert "Anna & Ben (advisor), 2026-11-24 15:04 UTC\nHello <b>" in transcript.text([said])
    assert "Anna &amp; Ben (advisor)" in transcript.page([said])
