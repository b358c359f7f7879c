"""The widget on a firm's own page: another origin, a strict policy, hostile style, twice, no server."""

import pytest
from conftest import agree, fits, launcher, open_chat, say, shot
from host_pages import strict
from playwright.sync_api import expect

PLAIN = '<script type="module" src="{url}/widget.js"></script>'


@pytest.fixture
def desk(alone, host):
    return alone(ALLOWED_ORIGINS=host.url)


def test_under_a_strict_policy(raw_page, host, desk):
    host.policy = strict(desk.url)
    host.body = PLAIN.format(url=desk.url) + "<cp503-chat></cp503-chat>"
    page = raw_page(host.url)
    open_chat(page)
    agree(page)
    say(page, "result", "A plan fits.")
    page.get_by_role("button", name="PDF of my plan").wait_for()
    page.get_by_role("button", name="Show the chart").click()
    page.get_by_role("img", name="What is left to pay over time").wait_for()
    shot(page, "host-strict")
    # Shadow styles came along although the page allows no style of its own.
    assert (
        page.get_by_role("button", name="Send").evaluate("e => e.getBoundingClientRect().height")
        >= 24
    )


def test_trusted_types_are_respected(raw_page, host, desk):
    host.policy = strict(desk.url) + "; require-trusted-types-for 'script'"
    host.body = PLAIN.format(url=desk.url) + "<cp503-chat></cp503-chat>"
    page = raw_page(host.url)
    open_chat(page)
    say(page, "hello", "more")


def test_beside_hostile_style(raw_page, host, desk):
    host.head = '<link rel="stylesheet" href="/hostile.css">'
    host.body = PLAIN.format(url=desk.url) + "<cp503-chat></cp503-chat>"
    page = raw_page(host.url, 360, 740)
    open_chat(page)
    say(page, "hello", "more")
    shot(page, "host-hostile")
    look = page.get_by_role("button", name="Send").evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [s.textTransform, s.letterSpacing, parseFloat(s.fontSize), s.float]; }"
    )
    assert look[0] == "none" and look[1] == "normal" and look[2] <= 20 and look[3] == "none"
    fits(page, 360)


def test_twice_on_a_page_is_one_conversation(raw_page, host, desk, brain):
    host.body = (
        PLAIN.format(url=desk.url)
        + '<cp503-chat id="one" mode="inline"></cp503-chat>'
        + '<cp503-chat id="two" mode="inline"></cp503-chat>'
    )
    page = raw_page(host.url, 1100, 1600)
    one, two = page.locator("#one"), page.locator("#two")
    one.get_by_text("opening").wait_for()
    one.get_by_role("textbox", name="Message").fill("hello")
    one.get_by_role("button", name="Send").click()
    two.get_by_text("echo: hello").wait_for()
    assert one.get_by_text("echo: hello").count() == two.get_by_text("echo: hello").count() == 1
    openings = [t for t in brain.turns if t["payload"] == "/get_started"]
    assert len(openings) == 1


def test_in_a_site_that_changes_its_pages_itself(raw_page, host, desk, brain):
    host.head = '<script src="/spa.js"></script>'
    host.body = PLAIN.format(url=desk.url) + "<cp503-chat></cp503-chat>"
    page = raw_page(host.url)
    open_chat(page)
    say(page, "hello", "more")
    for name in ("services", "nothing", "contact", "services", "about"):
        page.evaluate(f"go('{name}')")
        page.get_by_role("heading", name=name).wait_for()
    launcher(page).click()
    page.get_by_text("echo: hello").wait_for()
    assert page.get_by_text("echo: hello").count() == 1
    say(page, "again", "echo: again")
    assert len([t for t in brain.turns if t["payload"] == "/get_started"]) == 1
    assert len([t for t in brain.turns if t["text"] == "again"]) == 1


def test_the_words_colours_and_place_are_the_firms(raw_page, host, desk):
    host.head = "<style>cp503-chat { --cp503-accent: rgb(120, 0, 60); } cp503-chat::part(send) { border-radius: 0; }</style>"
    host.body = PLAIN.format(url=desk.url) + (
        '<cp503-chat heading="Ask Harbor" greeting="Good evening." position="left" '
        """texts='{"launcher": "Chat about your letter", "placeholder": "Type here"}'></cp503-chat>"""
    )
    page = raw_page(host.url)
    page.get_by_role("button", name="Chat about your letter").click()
    page.get_by_role("dialog", name="Ask Harbor").wait_for()
    page.get_by_text("Good evening.").wait_for()
    expect(page.get_by_placeholder("Type here")).to_be_visible()
    send = page.get_by_role("button", name="Send")
    assert send.evaluate("e => getComputedStyle(e).borderRadius") == "0px"
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] < 200
    page.get_by_role("textbox", name="Message").fill("x")
    assert "120, 0, 60" in send.evaluate("e => getComputedStyle(e).backgroundColor")
    shot(page, "host-own-colours")


def test_the_api(raw_page, host, desk):
    host.body = PLAIN.format(url=desk.url) + "<cp503-chat></cp503-chat>"
    page = raw_page(host.url)
    launcher(page).wait_for()
    chat = "document.querySelector('cp503-chat')"
    page.evaluate(
        """() => { window.seen = [];
        for (const name of ['opened', 'closed', 'message'])
          document.body.addEventListener('cp503-' + name, () => window.seen.push(name)); }"""
    )
    page.evaluate(f"{chat}.open()")
    page.get_by_role("dialog").wait_for()
    assert page.evaluate(f"{chat}.isOpen") is True
    page.evaluate(f"{chat}.send('hello from the page')")
    page.get_by_text("echo: hello from the page").wait_for()
    page.evaluate(f"{chat}.close()")
    assert page.evaluate(f"{chat}.isOpen") is False
    expect(page.get_by_role("dialog")).to_have_count(0)
    seen = page.evaluate("window.seen")
    assert seen[0] == "opened" and seen[-1] == "closed" and seen.count("message") >= 2


def test_the_server_is_not_there(raw_page, host):
    gone = "http://127.0.0.1:9"
    host.body = (
        PLAIN.format(url=gone)
        + '<cp503-chat><a href="tel:+15550142">Call Harbor Tax, 555-0142</a></cp503-chat>'
    )
    page = raw_page(host.url)
    page.get_by_text("Call Harbor Tax").wait_for()  # what the page itself put there
    expect(page.get_by_role("heading", name="A firm")).to_be_visible()


def test_the_server_does_not_let_this_page_in(raw_page, host, alone):
    desk = alone(ALLOWED_ORIGINS="https://another.example")
    host.body = (
        PLAIN.format(url=desk.url)
        + '<cp503-chat phone="555-0142"><a href="tel:+15550142">Call Harbor Tax</a></cp503-chat>'
    )
    page = raw_page(host.url)
    open_chat(page)
    page.get_by_text("I can't connect right now").wait_for()
    expect(page.get_by_role("link", name="555-0142").first).to_be_visible()
    shot(page, "host-no-connection")
