"""The real page in a real browser, on the running assistant."""

import pytest
from playwright.sync_api import sync_playwright

from tools.browser import ARGUMENTS, chromium
from tools.project import ROOT
from tools.stack import shared_assistant

SHOTS = ROOT / "results" / "screenshots"


@pytest.fixture(scope="session")
def assistant():
    return shared_assistant()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def new_page(browser, assistant):
    """Opens pages; a page that logs an error or breaks its security policy fails the test."""
    contexts, errors = [], []

    def opened(width=1100, height=800, scheme="light", context=None):
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on(
            "console",
            lambda m: (
                errors.append(m.text)
                if m.type == "error"
                and "WebSocket" not in m.text
                and "Failed to load" not in m.text
                else None
            ),
        )
        page.goto(assistant.url)
        page.get_by_text("I'm a bot that explains").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def say(page, text, answer):
    """Type, send, and wait for what must be read."""
    page.get_by_role("textbox", name="Message").fill(text)
    page.get_by_role("button", name="Send").click()
    page.get_by_text(answer).last.wait_for()
    page.get_by_label("The assistant is writing").wait_for(state="detached")


def bubbles(page):
    return [b.inner_text() for b in page.locator(".bubble").all()]


def shot(page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"))
