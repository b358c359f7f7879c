"""Markup and addresses from the visitor, from Rasa, from button titles and links: all inert."""

import pytest
from conftest import agree, open_chat, visitors
from playwright.sync_api import expect

ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<script>document.title='owned'</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<b onmouseover=alert(1)>bold</b>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "![x](https://evil.example/track.gif)",
    '[x](https://irs.gov "onclick=alert(1)")',
    "<style>*{display:none}</style>",
    "<form action=https://evil.example><input name=ssn></form>",
    "${alert(1)} {{alert(1)}} javascript:alert(1)",
]
SAFE = """() => {
  const root = document.querySelector('cp503-chat').shadowRoot;
  const log = root.querySelector('[role=log]');
  const all = [...log.querySelectorAll('*')];
  return {
    tags: [...new Set(all.map(e => e.localName))],
    handlers: all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on')),
    links: [...log.querySelectorAll('[href],[src],[action],[xlink\\\\:href]')]
      .map(e => e.getAttribute('href') ?? e.getAttribute('src') ?? e.getAttribute('action')),
    targets: [...log.querySelectorAll('a[href^=http]')].map(e => [e.target, e.rel]),
    hidden: getComputedStyle(log).display === 'none',
  };
}"""
NEVER = {
    "script",
    "img",
    "iframe",
    "svg",
    "math",
    "style",
    "object",
    "embed",
    "base",
    "link",
    "meta",
}


@pytest.fixture
def page(raw_page, alone, brain):
    brain.script = {
        text: [
            {
                "text": text, "data": None,
                "buttons": [{"title": text, "payload": "/x"}],
                "links": [
                    {"title": text, "url": "javascript:alert(1)"},
                    {"title": "data", "url": "data:text/html,<script>alert(1)</script>"},
                    {"title": text, "url": "https://www.irs.gov/payments"},
                ],
            },
            {"text": "that was it", "buttons": [], "links": [], "data": None},
        ]
        for text in ATTACKS
    }  # fmt: skip
    opened = raw_page(alone().url)
    open_chat(opened)
    opened.get_by_text("opening").wait_for()
    agree(opened)
    return opened


def test_all_of_it_is_inert(page, brain):
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "evil" in r.url else None)
    title = page.title()
    for n, text in enumerate(ATTACKS, 1):
        page.get_by_role("textbox", name="Message").fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_text("that was it")).to_have_count(n)
    found = page.evaluate(SAFE)
    assert not NEVER & set(found["tags"]) and "form" not in found["tags"]
    assert found["handlers"] == [] and not found["hidden"] and outside == []
    for address in found["links"]:
        assert address.startswith(("https://www.irs.gov", "https://irs.gov", "tel:")), address
    for target, rel in found["targets"]:
        assert target == "_blank" and "noopener" in rel and "noreferrer" in rel
    assert page.title() == title
    # What the visitor typed is there as typed.
    assert visitors(page) == [t.replace("\r", "") for t in ATTACKS]


def test_the_pages_policy_lets_nothing_else_run(browser, alone):
    page = browser.new_page()  # not by raw_page: what is blocked is logged as an error
    page.goto(alone().url)
    blocked = page.evaluate(
        """() => new Promise(done => {
        document.addEventListener('securitypolicyviolation', e => done(e.violatedDirective));
        const s = document.createElement('script');
        s.textContent = 'window.owned = 1';
        document.body.append(s);
        setTimeout(() => done('nothing'), 3000); })"""
    )
    assert blocked.startswith("script-src") and page.evaluate("window.owned") is None
    page.close()
