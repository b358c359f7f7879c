"""What the visitor is told, asked and can take back; what the browser keeps."""

import pytest
from conftest import OPENING, agree, fits, menu, no_longer_typing, open_chat, say, shot
from playwright.sync_api import expect


def storage(page):
    return page.evaluate("({...localStorage, ...sessionStorage})")


def test_the_notice_comes_first_and_a_general_question_needs_no_consent(new_page):
    page = new_page(360, 740, agreed=False)
    notice = page.get_by_role("region", name="Before you start")
    for words in ("I'm a bot", "general information", "90 days", "Social Security"):
        expect(notice).to_contain_text(words)
    say(page, "is this an audit?", "not an audit")
    agree(page)
    expect(notice).to_have_count(0)
    expect(page.get_by_text("Kept for 90 days.")).to_be_visible()


@pytest.mark.parametrize("width", [1100, 360])
def test_the_case_is_asked_about_after_consent(new_page, width):
    page = new_page(width, 740, agreed=False)
    say(page, "can i pay monthly i owe 12k", "Before I ask about your case")
    assert page.get_by_text("Could you pay all of it").count() == 0
    shot(page, f"consent-{width}")
    fits(page, width)
    page.reload()
    open_chat(page)
    page.get_by_role("button", name="I agree, go on").click()
    page.get_by_text("Could you pay all of it").wait_for()
    say(page, "18 months", "Have you filed all the tax returns")


def test_who_does_not_agree_gets_general_answers(new_page):
    page = new_page(agreed=False)
    say(page, "find my payment plan", "Before I ask about your case")
    page.get_by_role("button", name="No, general answers only").click()
    page.get_by_text("I've stopped the plan questions").wait_for()
    assert page.get_by_text("How much is the total").count() == 0
    say(page, "is this an audit?", "not an audit")


def test_a_refusal_holds_in_the_other_tab(new_page):
    one = new_page(agreed=False)
    two = new_page(context=one.context, agreed=False)
    say(one, "find my payment plan", "Before I ask about your case")
    two.get_by_text("Before I ask about your case").wait_for()
    one.get_by_role("button", name="No, general answers only").click()
    two.get_by_text("Before I ask about your case").wait_for(state="detached")


def test_consent_holds_in_the_other_tab(new_page):
    one = new_page(agreed=False)
    two = new_page(context=one.context, agreed=False)
    agree(one)
    expect(two.get_by_role("button", name="I agree", exact=True)).to_have_count(0)


def test_the_browser_keeps_nothing_but_a_token(new_page):
    page = new_page()
    say(page, "i owe 12k, can i pay monthly", "Could you pay all of it")
    kept = storage(page)
    assert list(kept) == ["cp503-token"] and "12" not in kept["cp503-token"][:3]
    assert len(kept["cp503-token"]) < 120
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases().then(d => d.length)") == 0
    assert page.evaluate("caches.keys().then(d => d.length)") == 0


def test_nobody_is_made_a_visitor_by_looking_at_the_page(raw_page, alone):
    desk = alone()
    page = raw_page(desk.url)
    page.wait_for_timeout(1500)
    assert storage(page) == {}
    import sqlite3

    with sqlite3.connect(desk.folder / "frontdesk.db") as database:
        assert database.execute("SELECT count(*) FROM visitor").fetchone()[0] == 0


def test_storage_that_is_forbidden_costs_only_the_memory(raw_page, assistant):
    page = raw_page("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    page.goto(assistant.url)
    open_chat(page)
    page.get_by_text(OPENING).wait_for()
    say(page, "is this an audit?", "not an audit")


def test_a_number_is_masked_and_told(new_page, assistant):
    page = new_page()
    told = "I removed what looked like a Social Security number"
    say(page, "set up a plan, my social is 078-05-1120", told)
    page.get_by_text("[SSN removed]").wait_for()
    assert "078-05" not in page.get_by_role("log").inner_text()
    for path in assistant.folder.rglob("*"):
        assert not path.is_file() or b"078-05-1120" not in path.read_bytes(), path


def test_a_conversation_is_deleted_here_and_in_the_other_tab(new_page):
    one = new_page()
    two = new_page(context=one.context)
    say(one, "is this an audit?", "not an audit")
    menu(one, "Delete my conversation")
    one.get_by_role("button", name="Keep it").click()
    assert one.get_by_text("No, this is not an audit.").count() == 1
    menu(one, "Delete my conversation")
    shot(one, "delete")
    one.get_by_role("button", name="Yes, delete it").click()
    for page in (one, two):
        page.get_by_text("Your conversation is deleted").wait_for()
        assert page.get_by_text("No, this is not an audit.").count() == 0
    shot(one, "deleted")
    assert storage(one) == {}
    one.get_by_role("button", name="Start a new conversation").click()
    one.get_by_text(OPENING).wait_for()
    assert one.get_by_text("No, this is not an audit.").count() == 0


def test_the_transcript_is_downloaded_and_printed(new_page):
    page = new_page()
    say(page, "is this an audit?", "not an audit")
    with page.expect_download() as waiting:
        menu(page, "Download transcript")
    text = waiting.value.path().read_text("utf-8")
    assert waiting.value.suggested_filename == "cp503-conversation.txt"
    assert "is this an audit?" in text and "No, this is not an audit." in text
    page.context.add_init_script("window.print = () => { window.printed = true; }")
    with page.context.expect_page() as opening:
        menu(page, "Print transcript")
    paper = opening.value
    paper.get_by_text("No, this is not an audit.").wait_for()
    for _ in range(50):  # its policy forbids what Playwright would wait with
        if paper.evaluate("() => window.printed === true"):
            break
        paper.wait_for_timeout(100)
    assert paper.evaluate("() => window.printed === true")
    shot(paper, "print")
    no_longer_typing(page)
