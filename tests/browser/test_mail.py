"""After a case is closed: the conversation and the plan by e-mail, through a real SMTP server."""

import sys
from pathlib import Path

from axe import violations
from conftest import agree, open_chat, say, shot
from desk_people import until
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))

from outward_stand import post_office  # noqa: E402

CALL = [{"text": "You can call.", "buttons": [], "links": [], "data": {"handoff": True}}]


def test_a_visitor_has_their_plan_sent_to_them(staffed, at_the_desk, raw_page, brain):
    brain.script["a person please"] = CALL
    with post_office() as office:
        url = staffed(SMTP_URL=f"smtp://127.0.0.1:{office.port}", MAIL_FROM="desk@harbor.test").url
        anna = at_the_desk(url)
        page = raw_page(url, 390, 844)
        open_chat(page)
        agree(page)
        say(page, "result", "A plan fits.")
        say(page, "a person please", "You can call.")
        page.get_by_role("button", name="Agree and pass it on").click()
        page.get_by_text("You are next in line").first.wait_for()
        anna(anna.advisor.take_first())
        anna(anna.advisor.do("close", case=anna.advisor.case, outcome="answered"))
        page.get_by_role("button", name="It helped").wait_for()
        log = page.get_by_role("log", name="Messages")
        log.get_by_role("button", name="Send it to me by e-mail").click()
        page.get_by_label("E-mail address").fill("dana@")
        page.locator("form[part=mail]").get_by_role("button", name="Send").click()
        page.get_by_text("That is not a whole e-mail address").wait_for()
        shot(page, "mail-390-light")
        assert not violations(page)
        page.get_by_label("E-mail address").fill("dana@example.com")
        page.locator("form[part=mail]").get_by_role("button", name="Send").click()
        expect(page.get_by_text("It is on its way to dana@example.com.").first).to_be_visible()
        until(lambda: office.mails, 20)
        ((to, mail),) = office.mails
        assert to == ["dana@example.com"] and "desk@harbor.test" in mail["from"]
        kinds = {part.get_content_type() for part in mail.iter_attachments()}
        assert {"application/pdf", "text/plain"} <= kinds  # no calendar: this plan has no known day
