"""The desk in real browsers: a visitor on the website, advisors at their desk, and everything between."""

import re

import pytest
from axe import violations
from conftest import agree, open_chat, say, shot
from desk_people import PASSWORD, Remote, open_all_day, script, sign_in, until, visit
from handoff_stand import Guest
from playwright.sync_api import expect

REPLIES = [
    {
        "id": "pay",
        "title": "How to pay",
        "text": "You can pay online. Call {phone} with questions.",
    },
    {"id": "due", "title": "Due date", "text": "Hello {visitor}, you owe {amount} by {due_date}."},
]


@pytest.fixture
def desk(alone, brain):
    script(brain)
    return alone(HANDOFF_WAIT_MINUTES="60")


@pytest.fixture
def sit(raw_page, desk):
    """Signs somebody in and opens the desk; ``page.told`` is what setting the account up answered."""
    opened = []

    def sit_down(name="anna", role="advisor", width=1280, height=800, **more):
        page = raw_page(desk.url + "/desk", width, height, **more)
        expect(page).to_have_url(re.compile("/desk/sign-in$"))  # who is nobody yet
        page.told = sign_in(page.context, desk, name, role)
        if not opened:
            boss = page.context if role == "manager" else raw_page(desk.url + "/desk").context
            told = page.told if role == "manager" else sign_in(boss, desk, "boss", "manager")
            open_all_day(boss, desk, told["csrf"])
            if role != "manager":
                boss.close()
            opened.append(True)
        page.goto(desk.url + "/desk")
        expect(page.get_by_role("heading", name="Work")).to_be_visible()
        return page

    return sit_down


def rows(page, title):
    return page.locator("desk-queue section").filter(has=page.get_by_text(title)).locator(".row")


def composer(page):
    return page.get_by_role("textbox", name="Message to the visitor")


def claim_first(page):
    """Open who is first in line, and claim them by key."""
    rows(page, "Waiting").first.get_by_role("link").click()
    page.locator(".claim-bar").get_by_role("button").wait_for()
    page.keyboard.press("c")
    expect(composer(page)).to_be_focused()


def options(page):
    return page.locator("#reply-list").get_by_role("option")


def write(page, text):
    composer(page).fill(text)
    composer(page).press("Enter")


def written(page):
    """What an advisor sees of their own messages that have been taken, in order."""
    return page.locator(".message.own:not(.unsent) .typed")


def test_a_case_from_the_website_to_its_end(sit, raw_page, desk):
    anna, ben = sit("anna"), sit("ben")
    expect(anna.get_by_text("Nobody waits.")).to_be_visible()
    visitor = raw_page(desk.url)
    frames = []
    visitor.on("websocket", lambda ws: ws.on("framereceived", lambda f: frames.append(str(f))))
    visitor.reload()  # so that its socket is heard from the beginning
    open_chat(visitor)
    agree(visitor)
    say(visitor, "result", "A plan fits.")
    say(visitor, "a person please", "Shall I pass it on?")
    expect(rows(anna, "Waiting")).to_have_count(0)  # nothing before they agree
    visitor.get_by_role("button", name="Agree and pass it on").click()
    visitor.get_by_text("You are next in line.").wait_for()
    expect(rows(anna, "Waiting")).to_have_count(1)
    expect(anna).to_have_title("Desk, 1 waiting")
    claim_first(anna)
    visitor.get_by_text("anna of Harbor Tax is here now.").wait_for()
    expect(anna.locator(".talk-head")).to_contain_text("On the page")
    expect(rows(ben, "Waiting")).to_have_count(0)

    write(anna, "Hello, this is Anna.")
    visitor.get_by_text("Hello, this is Anna.").wait_for()
    visitor.get_by_role("textbox", name="Message").fill("Good evening\nand thank you")
    visitor.get_by_role("button", name="Send").click()
    anna.locator(".message.visitor").get_by_text("and thank you").wait_for()
    kinds = anna.locator(".talk .message").evaluate_all(
        "all => [...new Set(all.map(e => [...e.classList].find(c => "
        "['visitor', 'assistant', 'advisor', 'notice'].includes(c))))]"
    )
    assert sorted(kinds) == ["advisor", "assistant", "notice", "visitor"]

    anna.get_by_role("tab", name="Notes").click()
    anna.get_by_label("Private note").fill("They sound tired: be brief.")
    anna.get_by_role("button", name="Keep note").click()
    expect(anna.locator(".notes li:not(.pending)")).to_contain_text("be brief")

    anna.get_by_role("button", name="Transfer", exact=True).click()
    anna.get_by_label("ben").check()
    anna.get_by_role("button", name="Transfer", exact=True).last.click()
    expect(anna.get_by_text("ben has the case now. The visitor was told.")).to_be_visible()
    expect(rows(anna, "My cases")).to_have_count(0)
    visitor.get_by_text("anna has handed you over to ben.").wait_for()
    expect(ben.get_by_text("A case is with you now.")).to_be_visible()
    rows(ben, "My cases").get_by_role("link").click()
    ben.get_by_role("tab", name="Notes").click()
    expect(ben.get_by_text("They sound tired: be brief.")).to_be_visible()

    ben.get_by_role("button", name="Close", exact=True).click()
    ben.get_by_role("button", name="Close the case").click()
    expect(ben.get_by_text("Choose how the case ended.")).to_be_visible()
    ben.get_by_label("Appointment made").check()
    ben.get_by_label("Come back to it on").fill("2027-01-12")
    ben.get_by_role("button", name="Close the case").click()
    expect(ben.get_by_text("Case closed: Appointment made.")).to_be_visible()
    expect(rows(ben, "My cases")).to_have_count(0)
    visitor.get_by_text("ben has closed this.").wait_for()
    expect(ben.get_by_text("To come back to")).to_have_count(0)  # not within a week

    # The private note went to no visitor: neither on their page nor in anything their browser was sent.
    assert "be brief" not in visitor.locator("cp503-chat").evaluate("e => e.shadowRoot.textContent")
    assert any("Hello, this is Anna." in f for f in frames)
    assert not any("be brief" in f for f in frames)


def test_facts_are_corrected_in_place_and_tried_out(sit, desk):
    anna = sit()
    visit(desk.url, "result", contact=("Dana Reyes", "207-555-0199"))
    claim_first(anna)
    expect(anna.get_by_role("link", name="207-555-0199")).to_have_attribute(
        "href", "tel:2075550199"
    )
    owed = anna.locator('[data-fact="amount_owed"]')
    expect(owed).to_contain_text("$12,000")
    expect(owed.get_by_role("button", name="Visitor")).to_be_visible()
    anna.get_by_text("Assumed by the bot").click()
    expect(anna.locator('[data-fact="bankruptcy"]')).to_contain_text("Assumed")
    before = anna.locator(".plan-title").inner_text()

    def put(text, button):
        owed.locator("button.value").click()
        anna.get_by_role("textbox", name="Amount owed").fill(text)
        anna.get_by_role("button", name=button).click()

    put("60000", "What if")
    banner = anna.locator(".what-if-banner")
    expect(banner).to_contain_text("What if, not kept. Amount owed: $60,000")
    expect(owed).to_contain_text("What if")
    assert anna.locator(".plan-title").inner_text() != before
    anna.get_by_role("button", name="Reset").click()
    expect(banner).to_have_count(0)
    expect(anna.locator(".plan-title")).to_have_text(before)
    put("60000", "What if")
    banner.wait_for()
    anna.reload()  # nothing of it was kept
    expect(owed).to_contain_text("$12,000")

    put("twelve", "Correct")
    expect(anna.get_by_text("Write an amount")).to_be_visible()
    anna.keyboard.press("Escape")
    anna.get_by_label("Add a fact").select_option("pay_now")
    anna.get_by_role("textbox", name="Could pay at once").fill("13000")
    anna.keyboard.press("Enter")
    expect(anna.get_by_text("pay_now is more than amount_owed")).to_be_visible()
    anna.keyboard.press("Escape")

    put("14500", "What if")
    anna.get_by_role("button", name="Apply as correction").click()
    expect(banner).to_have_count(0)
    expect(owed).to_contain_text("$14,500")
    expect(owed.locator(".source")).to_have_text("anna")
    anna.reload()
    expect(owed).to_contain_text("$14,500")


def test_who_comes_second_is_told_by_whom(sit, desk):
    anna, ben = sit("anna"), sit("ben")
    visit(desk.url, "hello")
    for page in (anna, ben):
        rows(page, "Waiting").first.get_by_role("link").click()
        page.locator(".claim-bar").get_by_role("button").wait_for()
    case = ben.evaluate("location.hash.split('/').pop()")
    anna.locator(".claim-bar").get_by_role("button").click()
    expect(composer(anna)).to_be_visible()
    expect(ben.get_by_text("anna has this case now.").first).to_be_visible()
    # His click was on its way already.
    said = ben.evaluate("id => document.querySelector('desk-work').store.acts.claim(id)", case)
    assert said == "anna has this case already."


def test_a_crash_loses_nothing_and_sends_nothing_twice(sit, desk, raw_page):
    anna = sit()
    token = visit(desk.url, "hello")
    claim_first(anna)
    write(anna, "before")
    expect(written(anna)).to_have_text(["before"])
    desk.kill()
    expect(anna.get_by_text("No connection to the desk.")).to_be_visible()
    write(anna, "one")
    write(anna, "two")
    composer(anna).fill("half a sen")
    expect(anna.locator(".unsent")).to_have_count(2)
    expect(anna.get_by_text("Kept here, sent when the connection is back").first).to_be_visible()
    context, hash_ = anna.context, anna.evaluate("location.hash")
    anna.close()
    desk.start()
    anna = raw_page(desk.url + "/desk" + hash_, context=context)
    expect(written(anna)).to_have_text(["before", "one", "two"])
    expect(anna.locator(".unsent")).to_have_count(0)
    expect(composer(anna)).to_have_value("half a sen")
    guest = Remote(Guest(desk.url, token))
    try:
        texts = guest.visitor.texts()
        assert [t for t in texts if t in ("before", "one", "two")] == ["before", "one", "two"]
    finally:
        guest.close()


def test_signed_out_meanwhile_keeps_what_was_typed_and_signing_out_does_not(sit, desk):
    anna = sit()
    visit(desk.url, "hello")
    claim_first(anna)
    composer(anna).fill("half a sentence")
    api = desk.url + "/desk/api/"
    csrf = {"x-desk-token": anna.told["csrf"]}
    anna.context.request.post(api + "sign-out", data={}, headers=csrf)
    expect(anna).to_have_url(re.compile("/desk/sign-in$"), timeout=20_000)
    anna.get_by_label("Name").fill("anna")
    anna.get_by_label("Password").fill(PASSWORD)
    anna.keyboard.press("Enter")
    anna.get_by_text("Neither is at hand").click()
    anna.get_by_label("recovery codes").fill(anna.told["recovery"][0])
    anna.keyboard.press("Enter")
    expect(composer(anna)).to_have_value("half a sentence")  # and in the same case
    anna.get_by_role("button", name="settings and sign-out").click()
    anna.get_by_role("menuitem", name="Sign out").click()
    expect(anna).to_have_url(re.compile("/desk/sign-in$"))
    assert anna.evaluate("Object.keys(localStorage).filter(k => k.includes('/'))") == []


def test_typing_and_presence_both_ways_in_two_tabs(sit, desk, raw_page):
    anna = sit()
    guest = Remote(Guest(desk.url))
    try:
        guest.do(guest.visitor.say("hello"))
        guest.do(guest.visitor.wait_for_a_person())
        claim_first(anna)
        other = raw_page(desk.url + "/desk#/work", context=anna.context)
        expect(other.get_by_role("heading", name="Work")).to_be_visible()
        guest.do(guest.visitor.tell("typing", on=True))
        expect(anna.get_by_text("is typing").first).to_be_visible()
        guest.do(guest.visitor.say("are you there?"))
        expect(anna.locator("p.typing")).to_be_empty()
        composer(anna).press("Escape")
        anna.keyboard.press("Escape")
        expect(composer(anna)).to_have_count(0)
        guest.do(guest.visitor.say("hello?"))
        for page in (anna, other):
            expect(rows(page, "My cases").locator("wa-badge")).to_have_text("1 unread")
            expect(page).to_have_title("(1) Desk")
        rows(anna, "My cases").get_by_role("link").click()
        expect(other).to_have_title("Desk")
        composer(anna).press_sequentially("Yes")
        until(lambda: ("typing", {"on": True, "by": "anna"}) in guest.visitor.told)
        composer(anna).press("Enter")
        rows(other, "My cases").get_by_role("link").click()
        expect(written(other)).to_have_text(["Yes"])
        guest.do(guest.visitor.close())
        expect(anna.locator(".talk-head")).to_contain_text("Away")
    finally:
        guest.close()


def test_a_deleted_conversation_leaves_nothing(sit, desk):
    anna = sit()
    guest = Remote(Guest(desk.url))
    try:
        guest.do(guest.visitor.say("my secret"))
        guest.do(guest.visitor.wait_for_a_person())
        claim_first(anna)
        composer(anna).fill("half")
        guest.do(guest.visitor.tell("delete"))
        expect(anna.get_by_text("The visitor deleted this conversation").first).to_be_visible()
        expect(anna.get_by_text("my secret")).to_have_count(0)
        kept = anna.evaluate("Object.keys(localStorage).filter(k => k.includes('/draft/'))")
        assert kept == []
    finally:
        guest.close()


def test_canned_replies_are_found_filled_and_finished(sit, desk):
    anna = sit()
    anna.context.route(
        "**/desk/api/replies", lambda route: route.fulfill(json={"replies": REPLIES})
    )
    visit(desk.url, "result", contact=("Dana Reyes", "207-555-0199"))
    claim_first(anna)
    composer(anna).press_sequentially("/pay")
    expect(options(anna)).to_have_count(1)
    anna.keyboard.press("Enter")
    expect(composer(anna)).to_have_value("You can pay online. Call 555-0142 with questions.")
    composer(anna).fill("")
    composer(anna).press_sequentially("/")
    expect(options(anna)).to_have_count(2)
    anna.keyboard.press("ArrowDown")
    anna.keyboard.press("Enter")
    expect(composer(anna)).to_have_value("Hello Dana Reyes, you owe $12,000 by {due_date}.")
    expect(anna.locator(".composer mark")).to_have_text("{due_date}")
    anna.keyboard.press("Enter")
    expect(anna.get_by_text("Fill in {due_date} first")).to_be_visible()
    expect(written(anna)).to_have_count(0)
    anna.keyboard.type("December 7")  # the open place is selected
    anna.keyboard.press("Enter")
    expect(written(anna)).to_have_text(["Hello Dana Reyes, you owe $12,000 by December 7."])


def test_filters_and_what_a_manager_sees(sit, desk):
    boss = sit("mia", "manager")
    ben = sit("ben")
    visit(desk.url, "hearing")
    visit(desk.url, "hello")
    expect(rows(boss, "Waiting")).to_have_count(2)
    expect(rows(boss, "Waiting").first).to_contain_text("Hearing right")
    boss.keyboard.press("f")
    boss.get_by_label("Urgency").select_option("A hearing right runs out")
    expect(rows(boss, "Waiting")).to_have_count(1)
    expect(boss.get_by_text("1 more does not fit the filters.")).to_be_visible()
    boss.get_by_role("button", name="Show all").click()
    expect(rows(boss, "Waiting")).to_have_count(2)
    claim_first(ben)
    boss.get_by_role("button", name="All", exact=True).click()
    expect(rows(boss, "With colleagues")).to_contain_text("with ben")
    rows(boss, "With colleagues").get_by_role("link").click()
    expect(boss.get_by_text("ben has this case.")).to_be_visible()
    expect(composer(boss)).to_have_count(0)
    boss.keyboard.press("u")
    boss.get_by_role("button", name="Back to the queue").last.click()
    expect(ben.get_by_text("This case is back in the queue.").first).to_be_visible()
    expect(rows(boss, "Waiting")).to_have_count(2)


def test_the_whole_work_by_keyboard(sit, desk):
    anna = sit()
    token = visit(desk.url, "result")
    expect(rows(anna, "Waiting")).to_have_count(1)
    press = anna.keyboard.press
    press("j")
    anna.locator(".claim-bar").wait_for()
    press("c")
    expect(composer(anna)).to_be_focused()
    anna.keyboard.type("Hello")
    press("Shift+Enter")
    anna.keyboard.type("there")
    press("Enter")
    expect(written(anna)).to_have_text(["Hello\nthere"])
    press("Escape")
    press("n")
    expect(anna.get_by_label("Private note")).to_be_focused()
    anna.keyboard.type("quick note")
    press("Control+Enter")
    expect(anna.locator(".notes li:not(.pending)")).to_contain_text("quick note")
    press("Escape")
    press("?")
    expect(anna.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    press("Escape")
    expect(anna.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    press("b")
    expect(anna.get_by_label("What was agreed")).to_be_focused()
    anna.keyboard.type("You apply online by Friday.")
    press("Tab")
    press("Tab")
    press("Enter")
    expect(anna.get_by_text("The visitor is back with the bot")).to_be_visible()
    guest = Remote(Guest(desk.url, token))
    try:
        assert any("anna noted: You apply online by Friday." in t for t in guest.visitor.texts())
    finally:
        guest.close()
    expect(anna.get_by_role("heading", name="Work")).to_be_focused()


def test_single_key_shortcuts_can_be_switched_off(sit, desk):
    anna = sit()
    visit(desk.url, "hello")
    expect(rows(anna, "Waiting")).to_have_count(1)
    anna.keyboard.press("?")
    anna.get_by_role("switch", name="Shortcuts of a single key").press("Space")
    expect(anna.get_by_role("switch", name="Shortcuts of a single key")).not_to_be_checked()
    anna.keyboard.press("Escape")
    expect(anna.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    anna.keyboard.press("j")
    expect(anna).to_have_url(re.compile("/desk(#/work)?$"))


def test_a_switched_off_hand_over_is_said(raw_page, alone):
    off = alone(HANDOFF="false")
    page = raw_page(off.url + "/desk")
    sign_in(page.context, off, "anna")
    page.goto(off.url + "/desk")
    expect(page.get_by_text("The hand-over is switched off on this server")).to_be_visible()


def check(page, name, scheme):
    # What slides in has to have arrived, or its colours are measured half way.
    page.wait_for_timeout(400)
    found = violations(page)
    shot(page, f"desk-{name}-{scheme}")
    assert not found
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
def test_axe_finds_nothing_in_any_state(sit, desk, scheme, width, height):
    page = sit("mia", "manager", width, height, scheme=scheme, reduced_motion="reduce")
    page.context.route("**/desk/api/replies", lambda r: r.fulfill(json={"replies": REPLIES}))
    expect(page.get_by_text("Nobody waits.").first).to_be_visible()
    check(page, f"empty-{width}", scheme)
    visit(desk.url, "hearing", contact=("Dana Reyes", "dana@example.com"))
    visit(desk.url, "hello")
    expect(rows(page, "Waiting")).to_have_count(2)
    page.keyboard.press("f")
    check(page, f"queue-{width}", scheme)
    rows(page, "Waiting").first.get_by_role("link").click()
    page.locator(".claim-bar").wait_for()
    check(page, f"preview-{width}", scheme)
    page.locator(".claim-bar").get_by_role("button").click()
    write(page, "Hello, this is Mia. How can I help?")
    expect(written(page)).to_have_count(1)
    composer(page).press_sequentially("/")
    expect(options(page)).to_have_count(2)
    check(page, f"replies-{width}", scheme)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("Fill in {amount} first").or_(
        page.get_by_text("Fill in {due_date}")
    ).wait_for()
    check(page, f"open-place-{width}", scheme)
    if width < 700:
        page.get_by_role("button", name="Facts, plan and notes").click()
    page.locator('[data-fact="amount_owed"] button.value').click()
    check(page, f"editor-{width}", scheme)
    page.get_by_role("textbox", name="Amount owed").fill("14500")
    page.get_by_role("button", name="What if").click()
    page.locator(".what-if-banner").wait_for()
    page.locator("desk-panel details").evaluate_all("all => all.forEach(d => { d.open = true; })")
    check(page, f"what-if-{width}", scheme)
    page.get_by_role("tab", name="Notes").click()
    page.get_by_label("Private note").fill("A note")
    page.get_by_role("button", name="Keep note").click()
    expect(page.locator(".notes li:not(.pending)")).to_have_count(1)
    check(page, f"notes-{width}", scheme)
    if width < 700:
        page.get_by_role("button", name="Back to the conversation").click()
    page.locator(".talk").focus()
    for key, title in (("t", "Transfer to"), ("b", "Return"), ("u", "Back to"), ("e", "Close")):
        page.keyboard.press(key)
        page.get_by_role("dialog", name=title).wait_for()
        check(page, f"{title.split()[0].lower()}-{width}", scheme)
        page.keyboard.press("Escape")
        page.get_by_role("dialog", name=title).wait_for(state="hidden")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keyboard").wait_for()
    check(page, f"help-{width}", scheme)
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Keyboard").wait_for(state="hidden")
    page.get_by_role("button", name="settings and sign-out").click()
    check(page, f"menu-{width}", scheme)
    page.get_by_role("menuitem", name="Sound and notifications").click()
    page.get_by_role("dialog", name="Sound").wait_for()
    check(page, f"sound-{width}", scheme)
    page.keyboard.press("Escape")
    desk.kill()
    page.get_by_text("No connection to the desk.").wait_for()
    composer(page).fill("")
    write(page, "written without a connection")
    check(page, f"offline-{width}", scheme)
