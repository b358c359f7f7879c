"""What people paste, hammer and mistype: each handled where they see it, nothing lost."""

import pytest
from conftest import agree, fits, open_chat, say, shot, visitors
from playwright.sync_api import expect


@pytest.fixture
def page(raw_page, alone):
    opened = raw_page(alone(MESSAGES_PER_10_SECONDS="20").url, 360, 740)
    open_chat(opened)
    opened.get_by_text("opening").wait_for()
    agree(opened)
    return opened


def box(page):
    return page.get_by_role("textbox", name="Message")


def test_too_long_is_told_before_and_nothing_is_lost(page):
    send = page.get_by_role("button", name="Send")
    box(page).fill("y" * 1900)
    page.get_by_text("100 characters left").wait_for()
    box(page).fill("y" * 2001)
    page.get_by_text("2,001 characters; the most is 2,000").wait_for()
    shot(page, "too-long")
    assert send.is_disabled()
    page.keyboard.press("Enter")
    assert box(page).input_value() == "y" * 2001
    box(page).fill("y" * 2000)
    send.click()
    expect(page.locator(".bubble.visitor")).to_have_count(1)
    fits(page, 360)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0 \t"])
def test_nothing_is_not_sent(page, text):
    box(page).fill(text)
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert visitors(page) == []


@pytest.mark.parametrize(
    "text, shown",
    [
        ("😭😭 👨‍👩‍👧 help", "😭😭 👨‍👩‍👧 help"),
        ("مرحبا أنا مدين بـ 12,000", "مرحبا أنا مدين بـ 12,000"),
        ("\u202eevil\u202c", "evil"),
        ("Z̸̢̛̺̠͈̱͗́̾̽a̶̛͕̳̟̎̿͝ĺ̴̡͉̤̰̑͒g̷̢̛̹̾o̵͉͝", None),
        ("a" * 900, None),
    ],
)
def test_odd_characters_stay_in_their_place(page, text, shown):
    say(page, text, "more")
    if shown is not None:
        assert visitors(page) == [shown]
    else:
        assert len(visitors(page)) == 1
    fits(page, 360)
    bubble = page.locator(".bubble.visitor").bounding_box()
    assert bubble["x"] >= 0 and bubble["x"] + bubble["width"] <= 360


def test_five_hundred_lines_are_shown_shortened(page):
    lines = "\n".join(str(n % 10) for n in range(500))
    box(page).fill(lines)
    assert box(page).bounding_box()["height"] < 300
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Show all").wait_for()
    assert page.locator(".bubble.visitor").bounding_box()["height"] < 500
    shot(page, "five-hundred-lines")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".bubble.visitor").bounding_box()["height"] > 5000
    page.get_by_role("button", name="Show less").click()


def test_thirty_messages_at_once_are_told_to_slow_down_and_all_go_out(page, brain):
    said = [f"message number {n}" for n in range(30)]
    for text in said:
        box(page).fill(text)
        page.keyboard.press("Enter")
    page.get_by_text("That was quick").or_(page.get_by_text("very fast")).first.wait_for()
    shot(page, "too-fast")
    page.get_by_text("echo: message number 29").wait_for(timeout=60_000)
    assert visitors(page) == said
    assert [t["text"] for t in brain.turns if t["text"] in said] == said
