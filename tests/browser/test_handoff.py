"""A person takes over, as the visitor sees it: from the question to the closed case and its rating."""

import pytest
from axe import violations
from conftest import agree, fits, menu, open_chat, say, shot
from playwright.sync_api import expect
from test_accessible import tab_to

CALL = [{"text": "You can call the firm.", "buttons": [], "links": [], "data": {"handoff": True}}]
WAIT = 60_000


def arrive(raw_page, url, *args, **more):
    page = raw_page(url, *args, **more)
    open_chat(page)
    page.get_by_text("opening").wait_for(timeout=WAIT)
    agree(page)
    return page


def line(page):
    return page.get_by_role("region", name="Your place with the firm's advisors")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def ask_by_menu(page):
    menu(page, "Talk to a person")
    button(page, "Agree and pass it on").wait_for()


def wait_in_line(page):
    ask_by_menu(page)
    button(page, "Agree and pass it on").click()
    line(page).get_by_text("in line").wait_for()


def with_anna(page, anna):
    wait_in_line(page)
    anna(anna.advisor.take_first())
    line(page).get_by_text("Anna, tax advisor").wait_for()


def advisors_texts(desk):
    return [m["text"] for m in desk.advisor.messages.values()]


def until(desk, true):
    desk(desk.advisor.until(true, 20))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(390, 844), (1280, 800)])
def test_the_whole_story(raw_page, staffed, at_the_desk, brain, scheme, width, height):
    brain.script["a person please"] = CALL
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url, width, height, scheme)
    picture = f"handoff-{width}-{scheme}"

    def looked_at(state):
        assert not violations(page)
        fits(page, width)
        shot(page, f"{picture}-{state}")

    say(page, "a person please", "You can call the firm.")
    page.get_by_text("they see this conversation").wait_for()
    expect(button(page, "Agree and pass it on")).to_have_count(1)
    expect(button(page, "Yes, pass it on")).to_have_count(0)  # one card, not a notice's buttons too
    looked_at("1-offer")
    button(page, "Agree and pass it on").click()
    line(page).get_by_text("You are next in line (1 of 1).").wait_for()
    expect(button(page, "Agree and pass it on")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    say(page, "still there?", "echo: still there?")  # the bot answers meanwhile
    looked_at("2-waiting")
    opened = anna(anna.advisor.take_first())
    assert opened["case"]["why"] == "asked"
    line(page).get_by_text("Anna, tax advisor (a person)").wait_for()
    line(page).get_by_text("Here now.").wait_for()
    turns = len(brain.turns)
    page.get_by_role("textbox", name="Message").press_sequentially("hello Anna")
    expect(page.get_by_placeholder("Write to Anna")).to_have_count(1)
    until(anna, lambda: ("typing", {"case": anna.advisor.case, "on": True}) in anna.advisor.events)
    page.keyboard.press("Enter")
    until(anna, lambda: "hello Anna" in advisors_texts(anna))
    anna(anna.advisor.do("typing", case=anna.advisor.case, on=True))
    page.get_by_text("Anna is writing").wait_for()
    looked_at("3-typing")
    anna(anna.advisor.say("Hello. I have read your case: what would you like to know first?"))
    page.get_by_text("I have read your case").wait_for()
    expect(page.get_by_text("Anna is writing")).to_have_count(0)
    looked_at("4-advisor")
    menu(page, "New conversation")
    button(page, "Yes, start over").click()
    page.get_by_text("To start over, first end that or leave the line.").wait_for()
    assert len(brain.turns) == turns
    anna(anna.advisor.do("close", case=anna.advisor.case, outcome="answered"))
    button(page, "It helped").wait_for()
    expect(line(page)).to_have_count(0)
    button(page, "Partly").click()
    expect(button(page, "Partly")).to_have_attribute("aria-pressed", "true")
    page.get_by_text("Your answer is passed on; you can still change it.").wait_for()
    looked_at("5-closed")
    button(page, "It helped").click()
    expect(button(page, "It helped")).to_have_attribute("aria-pressed", "true")
    page.reload()
    open_chat(page)
    expect(button(page, "It helped")).to_have_attribute("aria-pressed", "true")
    assert anna(anna.advisor.open(anna.advisor.case))["case"]["rating"] == "helped"
    say(page, "and now?", "echo: and now?")


def test_out_of_hours_a_way_to_be_reached_is_asked_for(raw_page, staffed):
    url = staffed(DESK_CLOSED="1").url
    page = arrive(raw_page, url, 390, 844)
    ask_by_menu(page)
    page.get_by_text("Nobody is at the desk right now; it opens on").wait_for()
    contact = page.get_by_role("textbox", name="Phone number or e-mail address")
    for typed, words in [("", "Please give a phone number"), ("12", "not a whole phone number")]:
        contact.fill(typed)
        button(page, "Agree and pass it on").click()
        page.get_by_text(words).wait_for()
        expect(contact).to_be_focused()
        expect(contact).to_have_attribute("aria-invalid", "true")
    assert not violations(page)
    shot(page, "handoff-390-closed-desk")
    page.get_by_role("textbox", name="Your name").fill("Jo Doe")
    contact.fill("jo@example.com")
    page.keyboard.press("Enter")
    line(page).get_by_text("They call you back with what you gave.").wait_for()
    expect(button(page, "Ask for a call back")).to_have_count(0)
    assert not violations(page)


def test_an_offer_can_be_put_off_and_asked_for_again(raw_page, staffed, at_the_desk):
    url = staffed().url
    at_the_desk(url)
    page = arrive(raw_page, url)
    ask_by_menu(page)
    expect(button(page, "Agree and pass it on")).to_be_focused()
    button(page, "Not now").click()
    page.get_by_text("I pass nothing on.").wait_for()
    expect(button(page, "Agree and pass it on")).to_have_count(0)
    wait_in_line(page)
    page.get_by_role("button", name="Menu").click()
    expect(button(page, "Talk to a person")).to_have_count(0)  # one runs


def test_the_line_moves_a_call_back_is_offered_and_they_leave(raw_page, staffed, at_the_desk):
    url = staffed(HANDOFF_WAIT_MINUTES="0.1").url
    anna = at_the_desk(url)
    first, page = arrive(raw_page, url), arrive(raw_page, url, 390, 844)
    for each in (first, page):
        wait_in_line(each)
    line(page).get_by_text("You are number 2 of 2 in line.").wait_for()
    button(first, "Leave the line").click()
    expect(button(first, "Stay in line")).to_be_focused()
    button(first, "Stay in line").click()
    expect(line(first)).to_have_count(1)
    button(first, "Leave the line").first.click()
    first.get_by_role("group", name="Leave the line?").get_by_role(
        "button", name="Leave the line"
    ).click()
    first.get_by_text("I took it back").wait_for()
    expect(line(first)).to_have_count(0)
    line(page).get_by_text("You are next in line (1 of 1).").wait_for()
    # What moved without a message is read out.
    expect(page.get_by_role("status").get_by_text("You are next in line (1 of 1).")).to_have_count(
        1
    )
    button(page, "Ask for a call back").click()
    contact = page.get_by_role("textbox", name="Phone number or e-mail address")
    expect(contact).to_be_focused()
    contact.fill("somewhere")
    page.keyboard.press("Enter")
    page.get_by_text("not a whole phone number").wait_for()
    assert not violations(page)
    fits(page, 390)
    shot(page, "handoff-390-call-back")
    contact.fill("(207) 555-0199")
    page.keyboard.press("Enter")
    page.get_by_text("your contact is passed on").wait_for()
    line(page).get_by_text("They call you back").wait_for()
    opened = anna(anna.advisor.take_first())
    assert opened["case"]["contact"] == "(207) 555-0199"


def test_the_advisors_connection_and_the_end_by_the_visitor(raw_page, staffed, at_the_desk, brain):
    url = staffed(HANDOFF_GRACE_SECONDS="3600").url
    anna = at_the_desk(url)
    page = arrive(raw_page, url, 390, 844)
    with_anna(page, anna)
    anna(anna.advisor.close())
    line(page).get_by_text("Lost the connection.").wait_for(timeout=WAIT)
    expect(page.get_by_role("status").get_by_text("Lost the connection.")).to_have_count(1)
    assert not violations(page)
    shot(page, "handoff-390-away")
    anna(anna.advisor.connect())
    line(page).get_by_text("Here now.").wait_for(timeout=WAIT)
    button(page, "End the talk with Anna").click()
    page.get_by_text("Anna sees your case no more").wait_for()
    button(page, "Yes, end it").click()
    page.get_by_text("The conversation with Anna has ended.").wait_for()
    expect(line(page)).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    say(page, "alone again", "echo: alone again")


def test_an_advisor_who_does_not_come_back(raw_page, staffed, at_the_desk):
    url = staffed(HANDOFF_GRACE_SECONDS="5").url
    anna = at_the_desk(url)
    page = arrive(raw_page, url)
    wait_in_line(page)
    anna(anna.advisor.take_first())
    page.get_by_text("Anna of Harbor Tax is here now.").wait_for()
    anna(anna.advisor.close())
    page.get_by_text("Anna has lost the connection. You are back in line").wait_for(timeout=WAIT)
    line(page).get_by_text("You are next in line").wait_for(timeout=WAIT)


def test_reload_two_tabs_and_no_network_in_each_state(raw_page, staffed, at_the_desk):
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url)
    other = raw_page(url, context=page.context)
    open_chat(other)

    def again():
        page.reload()
        open_chat(page)

    ask_by_menu(page)
    button(other, "Agree and pass it on").wait_for()
    again()
    button(page, "Agree and pass it on").click()
    expect(button(other, "Agree and pass it on")).to_have_count(0)
    line(other).get_by_text("You are next in line").wait_for()
    again()
    line(page).get_by_text("You are next in line").wait_for()
    page.context.set_offline(True)
    line(page).get_by_text("Your place in line is kept while you are offline.").wait_for(
        timeout=WAIT
    )
    page.context.set_offline(False)
    line(page).get_by_text("You are next in line").wait_for(timeout=WAIT)
    line(other).get_by_text("You are next in line").wait_for(timeout=WAIT)
    anna(anna.advisor.take_first())
    for each in (page, other):
        line(each).get_by_text("Anna, tax advisor").wait_for()
    page.context.set_offline(True)
    page.get_by_text("No connection.").first.wait_for(timeout=WAIT)
    page.get_by_role("textbox", name="Message").fill("written without a network")
    page.keyboard.press("Enter")
    anna(anna.advisor.say("said meanwhile"))
    page.context.set_offline(False)
    page.get_by_text("said meanwhile").wait_for(timeout=WAIT)
    until(anna, lambda: "written without a network" in advisors_texts(anna))
    again()
    line(page).get_by_text("Here now.").wait_for()
    expect(page.get_by_text("written without a network")).to_have_count(1)
    anna(anna.advisor.do("close", case=anna.advisor.case, outcome="answered"))
    button(page, "It did not help").click()
    expect(button(other, "It did not help")).to_have_attribute("aria-pressed", "true")
    again()
    expect(button(page, "It did not help")).to_have_attribute("aria-pressed", "true")
    expect(line(page)).to_have_count(0)


def test_deleted_during_a_case(raw_page, staffed, at_the_desk):
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url)
    with_anna(page, anna)
    menu(page, "Delete my conversation")
    page.get_by_text("The advisor sees nothing of it any more").wait_for()
    button(page, "Yes, delete it").click()
    page.get_by_text("Your conversation is deleted.").wait_for()
    expect(line(page)).to_have_count(0)
    until(anna, lambda: ("gone", {"case": anna.advisor.case}) in anna.advisor.events)
    button(page, "Start a new conversation").click()
    page.get_by_text("opening").wait_for()
    expect(line(page)).to_have_count(0)


def test_held_replies_and_a_person_at_once(raw_page, staffed, at_the_desk):
    """The question about the visitor's case stays, whatever happens with the person."""
    url = staffed().url
    anna = at_the_desk(url)
    page = raw_page(url)
    open_chat(page)
    page.get_by_text("opening").wait_for()
    page.get_by_role("textbox", name="Message").fill("plan")
    page.keyboard.press("Enter")
    page.get_by_text("Before I ask about your case").wait_for()
    with_anna(page, anna)
    assert "How much?" not in advisors_texts(anna)
    button(page, "I agree, go on").click()
    page.get_by_text("How much?").wait_for()


def test_nobody_and_nothing_is_offered(raw_page, alone, brain):
    brain.script["a person please"] = CALL
    page = arrive(raw_page, alone().url)
    say(page, "a person please", "You can call the firm.")
    page.get_by_role("button", name="Menu").click()
    expect(button(page, "New conversation")).to_be_visible()
    expect(button(page, "Talk to a person")).to_have_count(0)
    expect(page.get_by_text("Shall I pass it on?")).to_have_count(0)


def test_by_keyboard_alone(raw_page, staffed, at_the_desk):
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url)
    box = page.get_by_role("textbox", name="Message")
    box.focus()
    tab_to(page, "Menu", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Talk to a person", most=3)
    page.keyboard.press("Enter")
    expect(button(page, "Agree and pass it on")).to_be_focused()
    page.keyboard.press("Enter")
    line(page).get_by_text("in line").wait_for()
    expect(box).to_be_focused()
    anna(anna.advisor.take_first())
    line(page).get_by_text("Here now.").wait_for()
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    until(anna, lambda: "by keyboard" in advisors_texts(anna))
    tab_to(page, "End the talk with Anna", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(button(page, "Go on")).to_be_focused()
    page.keyboard.press("Escape")
    anna(anna.advisor.do("close", case=anna.advisor.case, outcome="answered"))
    button(page, "Partly").wait_for()
    box.focus()
    tab_to(page, "Partly", "Shift+Tab")
    page.keyboard.press("Space")
    expect(button(page, "Partly")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Partly")).to_be_focused()


def test_each_change_is_read_out_once(raw_page, staffed, at_the_desk):
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url)
    wait_in_line(page)
    page.evaluate(
        """() => { const root = document.querySelector('cp503-chat').shadowRoot;
        window.said = [];
        const live = n => { const e = n.nodeType === 1 ? n : n.parentElement;
          const at = e?.closest('[aria-live],[role=status],[role=alert],[role=log]');
          return at && at.getAttribute('aria-live') !== 'off'; };
        new MutationObserver(list => list.forEach(m => {
          const now = m.type === 'characterData' ? [m.target] : [...m.addedNodes];
          now.forEach(n => { if (live(n) && n.textContent.trim()) window.said.push(n.textContent.trim()); });
        })).observe(root, {childList: true, subtree: true, characterData: true}); }"""
    )
    anna(anna.advisor.take_first())
    page.get_by_text("Anna of Harbor Tax is here now.").wait_for()
    anna(anna.advisor.say("a word to be heard"))
    page.get_by_text("a word to be heard").wait_for()
    anna(anna.advisor.do("close", case=anna.advisor.case, outcome="answered"))
    button(page, "It helped").wait_for()
    said = page.evaluate("window.said")
    for words in ("is here now", "a word to be heard", "has closed this", "Did the talk with Anna"):
        assert sum(words in s for s in said) == 1, (words, said)


def test_forced_colours(raw_page, staffed, at_the_desk):
    url = staffed().url
    anna = at_the_desk(url)
    page = arrive(raw_page, url, 390, 844, forced_colors="active")
    with_anna(page, anna)
    anna(anna.advisor.say("hello"))
    page.get_by_text("hello").wait_for()
    shot(page, "handoff-390-forced-colours")
