"""The README's walk, and what a visitor's browser can do to a conversation."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import bubbles, say, shot
from playwright.sync_api import expect

RESULT = "Long-term payment plan"
SIZES = [("desktop", 1100, 800), ("phone", 360, 740)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name, width, height", SIZES)
def test_the_walk(new_page, name, width, height, scheme):
    page = new_page(width, height, scheme)
    shot(page, f"{name}-{scheme}-1-opening")
    say(page, "is this an audit?", "No, this is not an audit.")
    shot(page, f"{name}-{scheme}-2-answer")
    say(page, "can i pay monthly i owe 12k", "Could you pay all of it by the due date")
    say(page, "18 months", "Have you filed all the tax returns")
    shot(page, f"{name}-{scheme}-3-question")
    page.get_by_role("button", name="Yes, all filed").click()
    page.get_by_text("A long-term payment plan (installment agreement) fits").wait_for()
    page.get_by_role("button", name="Change my answers").wait_for()
    shot(page, f"{name}-{scheme}-4-result")
    assert "$12,000" in page.get_by_role("log").inner_text()
    before = bubbles(page)
    page.reload()
    page.get_by_role("button", name="Change my answers").wait_for()
    assert bubbles(page) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_accessible_in_every_state(new_page):
    for scheme in ("light", "dark"):
        page = new_page(scheme=scheme)
        check(page)
        say(page, "is this an audit? call 800-829-1040", "not an audit")
        check(page)
        say(page, "my ssn is 078-05-1120", "Social Security number")
        say(page, "find my payment plan", "How much is the total")
        check(page)
        page.get_by_role("button", name="Start over").click()
        page.get_by_role("textbox", name="Message").fill("x" * 2001)
        check(page)


def check(page):
    found = Axe().run(page).response["violations"]
    assert found == [], json.dumps(
        [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in found], indent=1
    )


def test_keyboard_only(new_page):
    page = new_page()
    page.get_by_role("textbox", name="Message").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    page.get_by_text("second line").wait_for()
    page.get_by_label("The assistant is writing").wait_for(state="detached")
    # From the box back to the suggestions, once they are there to be used, and one by the keyboard.
    expect(page.get_by_role("button", name="Find my payment plan")).to_be_enabled()
    page.get_by_role("textbox", name="Message").focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if (
            page.evaluate(
                "document.querySelector('cp503-chat').shadowRoot.activeElement?.textContent.trim()"
            )
            == "Find my payment plan"
        ):
            break
    else:
        pytest.fail("the suggestions cannot be reached by keyboard")
    page.keyboard.press("Enter")
    page.get_by_text("How much is the total").wait_for()
    assert (
        page.evaluate("document.querySelector('cp503-chat').shadowRoot.activeElement.tagName")
        == "TEXTAREA"
    )


def test_a_number_is_masked_on_screen(new_page, assistant):
    page = new_page()
    say(
        page,
        "set up a plan, my social is 078-05-1120",
        "I removed what looked like a Social Security number",
    )
    page.get_by_text("[SSN removed]").wait_for()
    assert "078-05" not in page.get_by_role("log").inner_text()
    for path in assistant.folder.rglob("*"):
        if path.is_file():
            assert b"078-05-1120" not in path.read_bytes(), path


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>document.title='x'</script>",
        "javascript:alert(1)",
        "${alert(1)}",
        "<b>bold</b>",
    ],
)
def test_markup_is_shown_as_typed(new_page, text):
    page = new_page()
    page.on("dialog", lambda d: pytest.fail("a dialog opened"))
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")
    page.locator(".bubble.visitor").get_by_text(text).wait_for()
    assert page.locator(".bubble img, .bubble script, .bubble b").count() == 0
    assert page.title() == "CP503 assistant"


def test_too_long_is_told_before_and_nothing_is_lost(new_page):
    page = new_page()
    box, send = page.get_by_role("textbox", name="Message"), page.get_by_role("button", name="Send")
    box.fill("y" * 1900)
    page.get_by_text("100 characters left").wait_for()
    box.fill("y" * 2001)
    page.get_by_text("2,001 characters; the most is 2,000").wait_for()
    assert send.is_disabled()
    page.keyboard.press("Enter")
    assert box.input_value() == "y" * 2001
    box.fill("   ")
    assert send.is_disabled()


def test_two_tabs_show_the_same(new_page):
    one = new_page()
    two = new_page(context=one.context)
    say(one, "is this an audit?", "not an audit")
    two.get_by_text("No, this is not an audit.").wait_for()
    say(two, "what is a lien", "Notice of Federal Tax Lien")
    one.get_by_text("Notice of Federal Tax Lien").wait_for()
    assert bubbles(one) == bubbles(two)


def test_used_suggestions_cannot_be_used_again(new_page):
    page = new_page()
    page.get_by_role("button", name="Is it an audit?").click()
    page.get_by_text("No, this is not an audit.").wait_for()
    used = page.get_by_role("button", name="Is it an audit?")
    assert used.is_disabled() and used.get_attribute("aria-pressed") == "true"


def test_starting_over_asks_first(new_page):
    page = new_page()
    say(page, "is this an audit?", "not an audit")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Keep it").click()
    assert page.get_by_text("No, this is not an audit.").count() == 1
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Yes, start over").click()
    page.get_by_text("No, this is not an audit.").wait_for(state="detached")
    page.get_by_text("I'm a bot that explains").wait_for()


def test_typed_without_a_connection_is_sent_once_when_it_is_back(new_page):
    page = new_page()
    page.context.set_offline(True)
    page.get_by_text("No connection.").wait_for()
    page.get_by_role("textbox", name="Message").fill("is this an audit?")
    page.keyboard.press("Enter")
    page.get_by_text("Waiting for the connection").wait_for()
    page.context.set_offline(False)
    page.get_by_text("No, this is not an audit.").wait_for(timeout=60_000)
    assert [b for b in bubbles(page) if "is this an audit?" in b] and page.locator(
        ".bubble.visitor"
    ).count() == 1


def test_narrow_and_zoomed(new_page):
    page = new_page(320, 600)
    say(page, "how do i pay", "Direct Pay")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    shot(page, "narrow-320")
