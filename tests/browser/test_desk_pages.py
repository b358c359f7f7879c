"""The desk's pages beside the work place, in a real browser: what managers and advisors do there."""

import asyncio
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from axe import violations
from conftest import shot
from desk_people import PASSWORD, sign_in
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))

from case_rows import add_case  # noqa: E402

from frontdesk.desk import audit  # noqa: E402
from frontdesk.ledger import Database, address  # noqa: E402
from frontdesk.ledger.store import now  # noqa: E402

PAGES = {
    "search": "Past cases", "numbers": "The day", "replies": "Replies", "people": "People",
    "hours": "Opening hours", "account": "My account",
}  # fmt: skip


@pytest.fixture
def desk(alone):
    return alone()


@pytest.fixture
def sit(raw_page, desk):
    """Somebody signed in, on a page of the desk."""

    def sit_down(name, role, page="search", width=1280, height=800, scheme="light"):
        opened = raw_page(desk.url + "/desk/sign-in", width, height, scheme)
        opened.me = sign_in(opened.context, desk, name, role)["user"]["id"]
        turn(opened, desk, page)
        return opened

    return sit_down


def turn(page, desk, to):
    page.goto(f"{desk.url}/desk#/{to}")
    page.get_by_role("heading", name=PAGES[to], level=1).wait_for()
    page.locator(".plain-page, .two-sides").and_(page.locator('[aria-busy="false"]')).wait_for()


def told(page):
    """What a page says of what was found."""
    return page.locator("main").get_by_role("status")


def wrong(page):
    """The sentence about what did not work."""
    return page.locator("main").get_by_role("alert")


def put(desk, work):
    """Write something into the running desk's database."""

    async def run():
        database = Database(address(desk.folder))
        try:
            return await database.run(work)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as pool:  # Playwright's own loop runs in this thread
        return pool.submit(asyncio.run, run()).result()


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_a_past_case_is_found_read_and_come_back_to(sit, desk):
    anna = sit("anna", "advisor")
    at, today = now(), now().date().isoformat()

    def write(db):
        for n in range(30):
            add_case(db, at - timedelta(days=n + 2), [f"question {n}"], owner=anna.me)
        add_case(
            db, at, ["There is a lien on my house", "what now?"], ["Prefers the evening"],
            owner=anna.me, name="Jo Alvarez", contact="555-0100", follow_up=today, closed_seq=2,
        )  # fmt: skip
        add_case(db, at, ["a lien that is Ben's"], owner="u-ben")

    put(desk, write)
    anna.reload()
    expect(told(anna)).to_contain_text("The last 25 cases")
    press(anna, "Show more")
    expect(told(anna)).to_have_text("31 cases.")
    anna.get_by_label("Words").fill("lien")
    anna.keyboard.press("Enter")
    expect(told(anna)).to_have_text("1 case.")
    expect(anna.locator("mark")).to_have_text("lien")
    anna.locator("button.found").press("Enter")
    read = anna.get_by_role("article")
    expect(read).to_be_focused()
    for words in ("There is a lien on my house", "Prefers the evening", "555-0100"):
        expect(read).to_contain_text(words)
    due = anna.get_by_role("region", name="To come back to")
    expect(due).to_contain_text("Jo Alvarez")
    due.get_by_role("button", name="Done with Jo Alvarez").click()
    expect(due).to_have_count(0)
    anna.get_by_label("Words").fill("nowhere to be found")
    press(anna, "Search")
    expect(told(anna)).to_have_text("No case fits.")
    anna.get_by_label("Words").fill("x" * 201)
    press(anna, "Search")
    expect(wrong(anna)).to_contain_text("200 characters at most")
    expect(anna.get_by_role("link", name="People")).to_have_count(0)  # an advisor's desk


def test_on_a_phone_the_case_takes_the_place_of_the_list(sit, desk):
    anna = sit("anna", "advisor", width=390, height=844)
    put(desk, lambda db: add_case(db, now(), ["hello"], owner=anna.me, name="Jo Alvarez"))
    anna.reload()
    press(anna, "Jo Alvarez")
    expect(anna.get_by_role("article")).to_be_visible()
    expect(anna.get_by_label("Words")).to_be_hidden()
    press(anna, "All cases")
    expect(anna.locator("button.found")).to_be_focused()
    assert anna.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_day(sit, desk):
    mia = sit("mia", "manager", "numbers")
    expect(mia.get_by_text("Nobody on this day.").first).to_be_visible()

    def write(db):
        for n, wait in enumerate((10, 95, 4000)):
            at, case = now() - timedelta(seconds=4100), f"h-{n}"
            audit.record(db, at, "case.asked", user=None, about=case, why="asked", callback=False)
            audit.record(db, at + timedelta(seconds=wait), "case.claimed", user=mia.me, about=case)

    put(desk, write)
    mia.reload()
    asked = mia.locator("dl.figures div").filter(has_text="Half waited at most")
    expect(asked).to_be_visible()
    expect(mia.get_by_role("row", name="mia")).to_be_visible()
    day = mia.get_by_role("textbox", name="Day").or_(mia.get_by_label("Day", exact=True)).first
    before = day.input_value()
    press(mia, "The day before")
    expect(day).not_to_have_value(before)
    press(mia, "The day after")
    expect(day).to_have_value(before)


def test_a_manager_writes_replies(sit, desk):
    mia = sit("mia", "manager", "replies")
    press(mia, "New reply")
    expect(mia.get_by_label("Title")).to_be_focused()
    mia.get_by_label("Title").fill("Office hours")
    mia.get_by_label("Text").fill("Call us at ")
    press(mia, "{phone}")
    expect(mia.get_by_label("Text")).to_have_value("Call us at {phone}")
    mia.get_by_label("Text").press_sequentially(" or {fone}")
    press(mia, "Save")
    expect(wrong(mia)).to_contain_text("there is no {fone}")
    mia.get_by_label("Text").fill("Call us at {phone}.")
    press(mia, "Save")
    made = mia.get_by_role("listitem").filter(has_text="Office hours")
    expect(made.locator(".hole")).to_have_text("{phone}")
    press(mia, "Change Office hours")
    mia.get_by_label("Title").fill("When we are here")
    press(mia, "Save")
    press(mia, "Remove When we are here")
    mia.locator("desk-ask").get_by_role("button", name="Cancel").click()
    expect(mia.locator("desk-ask")).to_have_count(0)
    press(mia, "Remove When we are here")
    mia.locator("desk-ask").get_by_role("button", name="Remove").click()
    expect(mia.get_by_text("When we are here")).to_have_count(0)
    turn(mia, desk, "people")
    press(mia, "What was done")
    for words in ("Reply written", "Reply changed", "Reply removed", "Account set up"):
        expect(mia.get_by_role("cell", name=re.compile(words)).first).to_be_visible()


def test_an_advisor_reads_replies_and_hours(sit, desk):
    anna = sit("anna", "advisor", "replies")
    expect(anna.get_by_role("listitem").first).to_be_visible()
    for button in ("New reply", "Change", "Remove"):
        expect(anna.get_by_role("button", name=button)).to_have_count(0)
    turn(anna, desk, "hours")
    expect(anna.get_by_label("Monday from")).to_be_disabled()
    expect(anna.get_by_role("button", name="Save")).to_have_count(0)
    turn_away = anna.goto(f"{desk.url}/desk#/people")
    assert turn_away is None or turn_away.ok
    expect(anna.get_by_role("heading", name="People", level=1)).to_have_count(0)


def test_a_manager_makes_changes_and_closes_an_account(sit, desk, raw_page):
    mia = sit("mia", "manager", "people")
    press(mia, "New account")
    mia.get_by_label("Name to sign in with").fill("ben")
    mia.get_by_label("Name visitors see").fill("Ben Okafor")
    press(mia, "Make the account")
    link = mia.locator("code").inner_text()
    assert link.startswith(desk.url + "/desk/setup#")
    press(mia, "I have passed it on")
    expect(mia.locator("code")).to_have_count(0)
    ben = raw_page(link)
    expect(ben.get_by_text("Set up your account").first).to_be_visible()
    ben.close()
    press(mia, "Make a manager (Ben Okafor)")
    mia.locator("desk-ask").get_by_role("button", name="Change the role").click()
    expect(mia.get_by_text("ben · manager")).to_be_visible()
    press(mia, "Reset (Ben Okafor)")
    mia.locator("desk-ask").get_by_role("button", name="Reset").click()
    expect(mia.locator("code")).not_to_have_text(link)
    press(mia, "Close (Ben Okafor)")
    mia.locator("desk-ask").get_by_role("button", name="Close the account").click()
    expect(mia.get_by_role("button", name="Open again (Ben Okafor)")).to_be_visible()
    press(mia, "Close (mia)")
    mia.locator("desk-ask").get_by_role("button", name="Close the account").click()
    expect(wrong(mia)).to_contain_text("last manager")
    press(mia, "New account")
    mia.get_by_label("Name to sign in with").fill("BEN")
    press(mia, "Make the account")
    expect(wrong(mia)).to_contain_text("already")


def test_a_manager_changes_the_hours(sit, desk):
    mia = sit("mia", "manager", "hours")
    mia.get_by_label("Monday until").fill("12:00")
    press(mia, "Add a time on Monday")
    expect(mia.get_by_label("Monday, 2. from")).to_have_value("13:00")
    mia.get_by_label("Monday, 2. until").fill("00:00")  # midnight at the end
    press(mia, "Take away Friday")
    mia.get_by_label("A day", exact=True).fill("2026-12-24")
    press(mia, "Add this day")
    press(mia, "Save")
    expect(mia.get_by_text("The opening hours are saved.")).to_be_visible()
    mia.reload()
    expect(mia.get_by_label("Monday, 2. until")).to_have_value("00:00")
    expect(mia.get_by_text("Dec 24, 2026")).to_be_visible()
    expect(mia.get_by_label("Friday from")).to_have_count(0)
    mia.get_by_label("Monday, 2. from").fill("11:00")
    press(mia, "Save")
    expect(wrong(mia)).to_contain_text("overlap")
    press(mia, "Undo")
    expect(mia.get_by_label("Monday, 2. from")).to_have_value("13:00")


def test_ones_own_account(sit, desk):
    anna = sit("anna", "advisor", "account")
    press(anna, "Change")
    anna.get_by_label("Your present password").fill("not this one")
    anna.get_by_label("A new password").fill("nine blue chairs")
    press(anna, "Change the password")
    expect(wrong(anna)).to_contain_text("not your present password")
    anna.get_by_label("Your present password").fill(PASSWORD)
    press(anna, "Change the password")
    expect(anna.get_by_text("Your password is changed.")).to_be_visible()
    press(anna, "Set up another app")
    anna.get_by_label("Your present password").fill("nine blue chairs")
    press(anna, "Go on")
    expect(anna.get_by_role("img", name="QR code")).to_be_visible()
    secret = anna.locator("code.key").inner_text().replace(" ", "")
    anna.get_by_label("Code of the app").fill(pyotp.TOTP(secret).now())
    press(anna, "Confirm")
    expect(anna.get_by_text("The app is set up.")).to_be_visible()
    press(anna, "Remove app")
    anna.get_by_label("Your present password").fill("nine blue chairs")
    anna.get_by_role("form", name="Remove the app").get_by_role("button", name="Remove").click()
    expect(wrong(anna)).to_contain_text("last second factor")
    anna.get_by_role("button", name="Make new ones").press("Enter")  # a toast lies over it
    anna.get_by_label("Your present password").fill("nine blue chairs")
    anna.keyboard.press("Enter")
    expect(
        anna.get_by_role("group", name="Your new recovery codes").get_by_role("listitem")
    ).to_have_count(10)
    press(anna, "I have them")
    expect(anna.get_by_text("10 left.")).to_be_visible()


def test_a_passkey_is_added_and_removed(sit, desk):
    desk.url = f"http://localhost:{desk.port}"  # a passkey belongs to a name, and to no number
    anna = sit("anna", "advisor", "account")
    keys = anna.context.new_cdp_session(anna)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    press(anna, "Add a passkey")
    anna.get_by_label("Your present password").fill(PASSWORD)
    anna.get_by_label("What you call it").fill("Work laptop")
    anna.get_by_role("form", name="Add a passkey").get_by_role("button", name="Add").click()
    expect(anna.get_by_text("The passkey is added.")).to_be_visible()
    press(anna, "Remove Work laptop")
    anna.get_by_label("Your present password").fill(PASSWORD)
    form = anna.get_by_role("form", name="Remove Work laptop")
    form.get_by_role("button", name="Remove").click()
    expect(anna.get_by_text("Work laptop")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page(sit, desk, width, scheme):
    mia = sit("mia", "manager", width=width, height=844, scheme=scheme)
    at = now()

    def write(db):
        add_case(
            db, at, ["a lien"], ["a note"], owner=mia.me, name="Jo", follow_up=at.date().isoformat()
        )
        add_case(db, at, ["a lien"], owner=mia.me)
        audit.record(db, at, "case.asked", user=None, about="h-1", why="asked", callback=False)
        audit.record(db, at, "case.claimed", user=mia.me, about="h-1")
        audit.record(db, at, "case.closed", user=mia.me, about="h-1", outcome="engaged")

    put(desk, write)
    for name in PAGES:
        turn(mia, desk, name)
        mia.reload()
        turn(mia, desk, name)
        assert not violations(mia)
        shot(mia, f"desk-{name}-{width}-{scheme}")
        assert mia.evaluate("document.documentElement.scrollWidth") <= width
    for name, steps in {
        "search": ("More choices", "Jo"), "replies": ("New reply",),
        "people": ("New account", "Cancel", "What was done"), "account": ("Change", "Cancel"),
    }.items():  # fmt: skip
        turn(mia, desk, name)
        for step in steps:
            press(mia, step)
            assert not violations(mia)
