"""The README's walk on the demo page, and what a reload, a second tab and a restart leave of it."""

import re

import pytest
from conftest import (
    OPENING,
    agree,
    bubbles,
    fits,
    launcher,
    menu,
    no_longer_typing,
    open_chat,
    say,
    shot,
)
from playwright.sync_api import expect

SIZES = [("desktop", 1100, 800), ("phone", 360, 740)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name, width, height", SIZES)
def test_the_walk(raw_page, assistant, name, width, height, scheme):
    page = raw_page(assistant.url, width, height, scheme)
    expect(launcher(page)).to_be_visible()
    shot(page, f"{name}-{scheme}-0-demo")
    open_chat(page)
    page.get_by_text(OPENING).wait_for()
    shot(page, f"{name}-{scheme}-1-opening")
    say(page, "is this an audit?", "No, this is not an audit.")
    agree(page)
    shot(page, f"{name}-{scheme}-2-answer")
    say(page, "can i pay monthly i owe 12k", "Could you pay all of it by the due date")
    say(page, "18 months", "Have you filed all the tax returns")
    shot(page, f"{name}-{scheme}-3-question")
    page.get_by_role("button", name="Yes, all filed").click()
    page.get_by_text("A long-term payment plan (installment agreement) fits").first.wait_for()
    page.get_by_role("button", name="Change my answers").wait_for()
    page.get_by_role("button", name="PDF of my plan").wait_for()
    shot(page, f"{name}-{scheme}-4-result")
    page.get_by_role("button", name="PDF of my plan").scroll_into_view_if_needed()
    shot(page, f"{name}-{scheme}-5-card")
    assert "$12,000" in page.get_by_role("log").inner_text()
    fits(page, width)
    before = bubbles(page)
    page.reload()
    open_chat(page)
    page.get_by_role("button", name="Change my answers").wait_for()
    assert bubbles(page) == before


def test_two_tabs_show_the_same(new_page):
    one = new_page()
    two = new_page(context=one.context)
    say(one, "is this an audit?", "not an audit")
    two.get_by_text("No, this is not an audit.").wait_for()
    say(two, "what is a lien", "Notice of Federal Tax Lien")
    one.get_by_text("Notice of Federal Tax Lien").wait_for()
    no_longer_typing(one)
    assert bubbles(one) == bubbles(two)


def test_used_suggestions_cannot_be_used_again(new_page):
    page = new_page()
    page.get_by_role("button", name="Is it an audit?").click()
    page.get_by_text("No, this is not an audit.").wait_for()
    used = page.get_by_role("button", name="Is it an audit?")
    assert used.is_disabled() and used.get_attribute("aria-pressed") == "true"


def test_a_new_conversation_asks_first(new_page):
    page = new_page()
    say(page, "is this an audit?", "not an audit")
    menu(page, "New conversation")
    shot(page, "desktop-light-6-restart")
    page.get_by_role("button", name="Keep it").click()
    assert page.get_by_text("No, this is not an audit.").count() == 1
    menu(page, "New conversation")
    page.get_by_role("button", name="Yes, start over").click()
    page.get_by_text("No, this is not an audit.").wait_for(state="detached")
    page.get_by_text(OPENING).wait_for()
    assert page.get_by_role("button", name="I agree", exact=True).count() == 0  # agreed already


def test_a_closed_chat_counts_what_came(new_page):
    one = new_page()
    two = new_page(context=one.context)
    one.get_by_role("button", name="Close").click()
    expect(launcher(one)).to_be_focused()
    say(two, "is this an audit?", "not an audit")
    expect(one.get_by_role("button", name=re.compile(r"^Chat.*\d new message"))).to_be_visible()
    shot(one, "desktop-light-7-badge")
    one.bring_to_front()  # what a hidden tab shows was not seen
    launcher(one).click()
    one.get_by_text("No, this is not an audit.").wait_for()
    one.get_by_role("button", name="Close").click()
    expect(one.get_by_role("button", name=re.compile("new message"))).to_have_count(0)


def test_the_inline_page(new_page):
    for width, height, scheme in ((1100, 800, "light"), (360, 740, "dark")):
        page = new_page(width, height, scheme, path="/chat")
        say(page, "how long do i have", "due date")
        fits(page, width)
        assert launcher(page).count() == 0
        shot(page, f"inline-{width}-{scheme}")


def test_an_answer_is_rated_with_a_word(new_page):
    page = new_page()
    say(page, "is this an audit?", "not an audit")
    page.get_by_role("button", name="No, not helpful").last.click()
    page.get_by_role("textbox", name="Tell us more").fill("too short")
    shot(page, "desktop-light-8-rating")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Thank you.").wait_for()
    page.reload()
    open_chat(page)
    rated = page.get_by_role("button", name="No, not helpful").last
    expect(rated).to_have_attribute("aria-pressed", "true")
