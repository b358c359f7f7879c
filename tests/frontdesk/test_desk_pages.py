"""The pages of the desk's people in a real browser: app and passkey, the keyboard, what they say."""

import re
import subprocess
import sys
from datetime import UTC, datetime

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from brain_stand_in import SECRET, serving
from playwright.sync_api import expect, sync_playwright

from frontdesk.app import make_app
from tools.browser import ARGUMENTS, chromium
from tools.project import ROOT

PASSWORD = "seven green lamps"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def url(settings):
    """Passkeys need a name, and localhost is one."""
    with serving(make_app(settings), settings.port):
        yield f"http://localhost:{settings.port}"


@pytest.fixture
def page(browser):
    context, errors = browser.new_context(), []
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if "Security Policy" in m.text else None)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def link(settings, url):
    """A set-up link as the command line prints it, while the server runs."""
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk.desk.making", "anna", "--role", "manager"],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "frontdesk"), "CP503_SECRET": SECRET,
             "DATA_DIR": str(settings.folder), "PORT": str(settings.port)},
    )  # fmt: skip
    return re.search(r"http://\S+", done.stdout).group()


def clean(page):
    found = Axe().run(page).response["violations"]
    assert found == [], found


def first_step(page, link, kind):
    page.goto(link)
    expect(page.get_by_text("anna", exact=True)).to_be_visible()
    assert "#" not in page.url
    clean(page)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="Continue").click()


def codes(page):
    expect(page.get_by_role("heading", name="Keep these recovery codes")).to_be_visible()
    clean(page)
    found = page.locator("#codes li").all_inner_texts()
    assert len(found) == 10
    return found


def give_password(page, url, password=PASSWORD):
    page.goto(url + "/desk/sign-in")
    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def sign_out(page, url):
    page.goto(url + "/desk/sign-in")
    expect(page.get_by_text("You are signed in as anna.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Name")).to_be_focused()


def test_an_app_from_the_link_to_the_recovery_code(page, link, url):
    first_step(page, link, "An authenticator app")
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    assert page.evaluate("document.getElementById('qr').naturalWidth") > 100
    clean(page)
    page.get_by_text("It cannot scan").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("six digits").fill("000000")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("alert")).to_contain_text("does not fit")
    page.get_by_label("six digits").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.keyboard.press("Enter")
    found = codes(page)
    sign_out(page, url)
    give_password(page, url, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("do not fit together")
    clean(page)
    give_password(page, url)
    expect(page.get_by_label("six digits")).to_be_focused()
    clean(page)
    page.get_by_text("Neither is at hand").click()
    page.get_by_label("recovery codes").fill(found[0].upper())
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are signed in as anna.")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("set-up link was used")


def test_a_passkey_of_the_browsers_own_making(page, link, url):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    first_step(page, link, "A passkey")
    codes(page)
    for _ in range(2):
        sign_out(page, url)
        give_password(page, url)
        page.get_by_role("button", name="Use your passkey").click()
        expect(page.get_by_text("You are signed in as anna.")).to_be_visible()


def test_passwords_that_differ_or_are_weak(page, link):
    page.goto(link)
    page.get_by_label("Choose a password").fill("annaannaanna")
    page.get_by_label("The same once more").fill("annaannaanno")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("not the same")
    page.get_by_label("The same once more").fill("annaannaanna")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("It cannot scan").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("six digits").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_label("Choose a password")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_link_without_its_code(page, url):
    page.goto(url + "/desk/setup")
    expect(page.get_by_role("alert")).to_contain_text("Ask a manager for a new one")
