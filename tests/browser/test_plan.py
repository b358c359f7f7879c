"""The plan as something to look at: card, chart, checklist, and what is taken away."""

import re

import pytest
from conftest import fits, no_longer_typing, open_chat, say, shot
from playwright.sync_api import expect


def asked(page):
    say(page, "can i pay monthly i owe 12k", "Could you pay all of it by the due date")
    say(page, "18 months", "Have you filed all the tax returns")
    say(page, "yes", "A long-term payment plan (installment agreement) fits")
    page.get_by_role("button", name="PDF of my plan").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(1100, 900), (360, 740)])
def test_the_card_says_what_the_answer_says(new_page, width, height, scheme):
    page = new_page(width, height, scheme)
    asked(page)
    log = page.get_by_role("log")
    table = page.get_by_role("table").first
    told = log.inner_text()
    for words in ("$732", "18 months", "$69"):
        expect(table).to_contain_text(words)
        assert words in told
    total = re.search(r"18 months; set-up fee \$69.*?about (\$[\d,]+) in all", told)
    expect(table).to_contain_text(total.group(1))
    expect(table).to_contain_text("Cheapest")
    table.scroll_into_view_if_needed()
    shot(page, f"card-{width}-{scheme}")
    page.get_by_role("button", name="Show the chart").click()
    chart = page.get_by_role("img", name="What is left to pay over time")
    chart.wait_for()
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    shot(page, f"chart-{width}-{scheme}")
    page.get_by_role("button", name="Show as a table").click()
    numbers = page.get_by_role("table").last
    expect(numbers).to_contain_text("Nothing paid")
    fits(page, width)


def test_the_chart_is_loaded_when_it_is_wanted(new_page):
    asked_for = []
    page = new_page()
    page.on("request", lambda r: asked_for.append(r.url))
    asked(page)
    assert not any("/assets/chart" in url for url in asked_for)
    page.get_by_role("button", name="Show the chart").click()
    page.get_by_role("img", name="What is left to pay over time").wait_for()
    assert any("/assets/chart" in url for url in asked_for)


def test_steps_stay_ticked_after_a_reload_and_in_the_other_tab(new_page):
    one = new_page()
    asked(one)
    two = new_page(context=one.context)
    one.get_by_role("checkbox").nth(1).check()
    expect(two.get_by_role("checkbox").nth(1)).to_be_checked()
    two.get_by_role("checkbox").nth(0).check()
    expect(one.get_by_role("checkbox").nth(0)).to_be_checked()
    one.reload()
    open_chat(one)
    expect(one.get_by_role("checkbox").nth(0)).to_be_checked()
    expect(one.get_by_role("checkbox").nth(1)).to_be_checked()
    one.get_by_role("checkbox").nth(1).uncheck()
    expect(two.get_by_role("checkbox").nth(1)).not_to_be_checked()


def test_the_pdf_and_the_calendar_are_taken_away(new_page):
    page = new_page()
    asked(page)
    assert (
        page.get_by_role("button", name="Add the dates to my calendar").count() == 0
    )  # none known
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF of my plan").click()
    assert waiting.value.suggested_filename == "cp503-plan.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    say(page, "make it more exact", "What is the due date printed")
    say(page, "december 21", "direct debit")
    for _ in range(6):
        if page.get_by_role("button", name="Add the dates to my calendar").count():
            break
        say(page, "i'm not sure", "")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Add the dates to my calendar").last.click()
    assert waiting.value.suggested_filename == "cp503-dates.ics"
    assert b"BEGIN:VCALENDAR" in waiting.value.path().read_bytes()
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="Print", exact=True).last.click()
    assert "/documents/" in opening.value.url or opening.value.url == "about:blank"


def test_an_earlier_plan_is_folded(new_page):
    page = new_page()
    asked(page)
    say(page, "actually i owe 15000", "$15,000")
    no_longer_typing(page)
    expect(page.get_by_role("button", name="Show this plan")).to_have_count(1)
    expect(page.get_by_role("button", name="PDF of my plan")).to_have_count(1)
    page.get_by_role("button", name="Show this plan").click()
    expect(page.get_by_role("button", name="PDF of my plan")).to_have_count(2)


def test_events_for_the_host_page_say_that_and_not_what(new_page):
    page = new_page()
    page.evaluate(
        """() => { window.seen = [];
        for (const name of ['opened', 'closed', 'message', 'plan', 'handoff'])
          document.addEventListener('cp503-' + name, e => window.seen.push([name, e.detail])); }"""
    )
    asked(page)
    say(page, "i want to talk to a person", "Of course. To talk to a person")
    page.get_by_role("button", name="Close").click()
    seen = page.evaluate("window.seen")
    names = [name for name, _ in seen]
    assert {"message", "plan", "handoff", "closed"} <= set(names)
    assert names.count("plan") == 1
    for name, detail in seen:
        assert set(detail or {}) <= {"seq", "author"}, (name, detail)
