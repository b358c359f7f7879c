"""At the desk: one's own account in Slack is linked, and what was not told elsewhere is seen and tried again."""

import sys
from pathlib import Path

from axe import violations
from conftest import shot
from desk_people import Remote, sign_in, until
from playwright.sync_api import expect
from test_desk_pages import turn

for part in ("frontdesk", "slack"):
    sys.path.insert(0, str(Path(__file__).parents[1] / part))

from handoff_stand import Guest  # noqa: E402
from local_slack import LocalSlack  # noqa: E402
from outward_stand import SECRET, receiver  # noqa: E402

STAFF = "C5"


def test_an_advisor_links_their_account_in_slack(alone, raw_page, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "")
        monkeypatch.setenv(name.lower(), "")
    with LocalSlack() as slack:
        slack.channel(STAFF, private=True, name="tax-desk")
        desk = alone(SLACK_STAFF_CHANNEL=STAFF, DESK_ORIGIN="{url}", **slack.environment())
        slack.app_url = desk.url
        page = raw_page(desk.url + "/desk/sign-in", 390, 844)
        sign_in(page.context, desk, "anna")
        turn(page, desk, "account")
        page.get_by_role("button", name="Link for Slack").click()
        typed = page.locator("desk-slack code").inner_text()
        page.get_by_role("button", name="I typed it").click()
        expect(page.locator("desk-slack").get_by_role("alert")).to_contain_text(
            "not told us of the code yet"
        )
        slack.user("U7").commands(typed.removeprefix("/cp503 "), channel=STAFF)
        page.get_by_role("button", name="I typed it").click()
        expect(page.locator("desk-slack")).to_contain_text("Linked since")
        shot(page, "desk-slack-390-light")
        assert not violations(page)
        page.get_by_role("button", name="Remove the link to Slack").click()
        expect(page.locator("desk-slack")).to_contain_text("Not linked.")


def test_what_was_not_told_elsewhere_is_tried_again(alone, raw_page):
    with receiver() as hook:
        hook.answer = 500
        desk = alone(WEBHOOK_URL=hook.url, WEBHOOK_SECRET=SECRET)
        page = raw_page(desk.url + "/desk/sign-in")
        sign_in(page.context, desk, "mia", "manager")
        guest = Remote(Guest(desk.url))
        try:
            guest.do(guest.visitor.say("hello"))
            guest.do(guest.visitor.wait_for_a_person(name="Dana", contact="dana@example.com"))
        finally:
            guest.close()
        until(lambda: hook.got)
        turn(page, desk, "people")
        page.get_by_text("Not told elsewhere yet").wait_for()
        expect(page.locator("desk-elsewhere li")).to_contain_text("Webhook 1 waiting")
        shot(page, "desk-elsewhere-1280-light")
        hook.answer, before = 200, len(hook.got)
        page.get_by_role("button", name="Try again now").click()
        until(lambda: len(hook.got) > before)
        turn(page, desk, "account")
        turn(page, desk, "people")
        expect(page.locator("desk-elsewhere h2")).to_have_count(0)
