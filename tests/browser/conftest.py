"""The real widget in a real browser, on the running assistant or on the frontdesk alone."""

import re

import pytest
from frontdesk_alone import FrontdeskAlone, ScriptedBrain, StaffedFrontdesk, serving
from handoff_stand import AtTheDesk
from host_pages import HostPages
from playwright.sync_api import sync_playwright

from tools.browser import ARGUMENTS, chromium
from tools.project import ROOT, free_port
from tools.stack import shared_assistant

SHOTS = ROOT / "results" / "screenshots"
OPENING = "I'm a bot that explains"
# What a browser says when a server is killed or a network cut, which these tests do on purpose.
_EXPECTED = (
    "WebSocket", "Failed to load", "ERR_CONNECTION", "ERR_INTERNET_DISCONNECTED", "CORS policy",
)  # fmt: skip


@pytest.fixture(scope="session")
def assistant():
    return shared_assistant()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Notes that a test failed, for the pictures that ``raw_page`` then takes."""
    report = yield
    if report.when == "call":
        item.has_failed = report.failed
    return report


@pytest.fixture
def raw_page(browser, request):
    """Opens any address; a page that logs an error or breaks its security policy fails the test."""
    contexts, errors = [], []

    def opened(url, width=1100, height=800, scheme="light", context=None, **settings):
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, **settings
            )
            context.set_default_timeout(20_000)
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("dialog", lambda d: (errors.append(d.message), d.dismiss()))
        page.on("console", lambda m: errors.append(m.text) if _unexpected(m) else None)
        page.goto(url)
        return page

    yield opened
    for n, context in enumerate(contexts):
        if getattr(request.node, "has_failed", False) and context.pages:
            shot(context.pages[0], f"failed-{request.node.name[:60]}-{n}")
        context.close()
    assert errors == []


def _unexpected(message):
    return message.type == "error" and not any(e in message.text for e in _EXPECTED)


@pytest.fixture
def new_page(raw_page, assistant):
    """The demo page with the chat open and agreed to, on the whole running assistant."""

    def opened(width=1100, height=800, scheme="light", context=None, path="/", agreed=True, **more):
        page = raw_page(assistant.url + path, width, height, scheme, context, **more)
        if path == "/":
            open_chat(page)
        page.get_by_text(OPENING).wait_for()
        if agreed:
            agree(page)
        return page

    return opened


@pytest.fixture
def brain():
    stand_in = ScriptedBrain()
    with serving(stand_in.app(), stand_in.port):
        yield stand_in


def starting(kind, brain, tmp_path):
    """``start(**settings)`` of a frontdesk as a process; all that were started are killed."""
    started = []

    def start(**settings):
        started.append(kind(tmp_path / "data", brain, settings).start())
        return started[-1]

    yield start
    for desk in started:
        desk.kill()


@pytest.fixture
def alone(brain, tmp_path):
    """The frontdesk with a stand-in for Rasa; not started yet with ``settings``."""
    yield from starting(FrontdeskAlone, brain, tmp_path)


@pytest.fixture
def staffed(brain, tmp_path):
    """The same with a desk that lets advisors in by name."""
    yield from starting(StaffedFrontdesk, brain, tmp_path)


@pytest.fixture
def at_the_desk():
    """An advisor at a frontdesk's desk, connected; ``at_the_desk(url, "u-ben")`` another."""
    here = []

    def sits(url, name="u-anna"):
        desk = AtTheDesk(url, name)
        desk(desk.advisor.connect())
        here.append(desk)
        return desk

    yield sits
    for desk in here:
        desk(desk.advisor.close())


@pytest.fixture
def host():
    """A firm's own page, on another origin; ``host.url``."""
    pages = HostPages()
    port = free_port()
    with serving(pages.app(), port) as url:
        pages.url = url
        yield pages


def launcher(page):
    return page.get_by_role("button", name=re.compile("^Chat"))


def open_chat(page):
    launcher(page).click()
    page.get_by_role("textbox", name="Message").wait_for()


def agree(page):
    button = page.get_by_role("button", name="I agree", exact=True)
    if button.count():
        button.click()
        button.wait_for(state="detached")


def menu(page, item):
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name=item).click()


def say(page, text, answer):
    """Type, send, and wait for what must be read."""
    page.get_by_role("textbox", name="Message").fill(text)
    page.get_by_role("button", name="Send").click()
    page.get_by_text(answer).last.wait_for()
    no_longer_typing(page)


def no_longer_typing(page):
    page.get_by_text("The assistant is writing").first.wait_for(state="detached")


def bubbles(page):
    return [b.inner_text() for b in page.locator(".bubble").all()]


def visitors(page):
    """What the visitor sees of their own messages, in order."""
    return [b.inner_text() for b in page.locator(".bubble.visitor .typed").all()]


def shot(page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"))


def fits(page, width):
    """Nothing needs scrolling sideways: neither the page nor the conversation."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    log = page.get_by_role("log")
    assert log.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
