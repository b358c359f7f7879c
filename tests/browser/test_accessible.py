"""WCAG 2.2 AA, as far as a machine and a keyboard can tell: in every state, light and dark."""

import pytest
from axe import violations
from conftest import fits, launcher, menu, no_longer_typing, open_chat, say, shot
from playwright.sync_api import expect


def plan(page):
    say(page, "can i pay monthly i owe 12k", "Could you pay all of it by the due date")
    say(page, "18 months", "Have you filed all the tax returns")
    say(page, "yes", "A long-term payment plan (installment agreement) fits")
    page.get_by_role("button", name="PDF of my plan").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 360])
def test_axe_finds_nothing_in_any_state(new_page, raw_page, assistant, scheme, width):
    closed = raw_page(assistant.url, width, 740, scheme)
    launcher(closed).wait_for()
    assert not violations(closed)
    page = new_page(width, 740, scheme, agreed=False)
    assert not violations(page)
    say(page, "is this an audit? call 800-829-1040", "not an audit")
    assert not violations(page)
    say(page, "my ssn is 078-05-1120", "Social Security number")
    page.get_by_role("textbox", name="Message").fill("find my payment plan")
    page.keyboard.press("Enter")
    page.get_by_text("Before I ask about your case").wait_for()
    assert not violations(page)
    page.get_by_role("button", name="I agree, go on").click()
    page.get_by_text("How much is the total").wait_for()
    assert not violations(page)
    plan(page)
    assert not violations(page)
    page.get_by_role("button", name="Show the chart").click()
    page.get_by_role("button", name="Show as a table").click()
    page.get_by_role("columnheader", name="Date").wait_for()
    assert not violations(page)
    page.get_by_role("button", name="No, not helpful").last.click()
    assert not violations(page)
    page.get_by_role("button", name="Menu").click()
    assert not violations(page)
    page.get_by_role("button", name="Delete my conversation").click()
    assert not violations(page)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("textbox", name="Message").fill("x" * 2001)
    assert not violations(page)
    page.get_by_role("textbox", name="Message").fill("")
    page.context.set_offline(True)
    page.get_by_text("No connection.").first.wait_for()
    assert not violations(page)
    page.context.set_offline(False)


def focused(page):
    return page.evaluate(
        """() => { let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return e ? (e.getAttribute('aria-label') || e.textContent || e.tagName).trim() : ''; }"""
    )


def tab_to(page, name, key="Tab", most=60):
    for _ in range(most):
        page.keyboard.press(key)
        if focused(page).startswith(name):
            return
    pytest.fail(f"{name} cannot be reached by keyboard; the last was {focused(page)}")


def test_the_whole_story_by_keyboard(raw_page, assistant):
    page = raw_page(assistant.url)
    launcher(page).wait_for()
    tab_to(page, "Chat")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_be_focused()
    page.keyboard.type("hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    page.locator(".bubble.visitor").get_by_text("second line").wait_for()
    no_longer_typing(page)
    expect(box).to_be_focused()
    tab_to(page, "I agree", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I agree", exact=True)).to_have_count(0)
    expect(box).to_be_focused()
    tab_to(page, "Find my payment plan", "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_text("How much is the total").wait_for()
    expect(box).to_be_focused()
    for words, answer in (
        ("12000", "Could you pay all"), ("18 months", "Have you filed"), ("yes", "Side by side"),
    ):  # fmt: skip
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.get_by_text(answer).last.wait_for()
        no_longer_typing(page)
    tab_to(page, "Show the chart", "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("img", name="What is left to pay over time").wait_for()
    box.focus()
    tab_to(page, "Menu", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "New conversation", most=3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_each_new_message_is_announced_once(new_page):
    page = new_page()
    page.evaluate(
        """() => { const log = document.querySelector('cp503-chat').shadowRoot
            .querySelector('[role=log]');
        window.added = [];
        new MutationObserver(list => list.forEach(m => m.addedNodes.forEach(n => {
          const off = n.nodeType === 1 ? n.closest('[aria-live=off]')
                                       : n.parentElement?.closest('[aria-live=off]');
          if (!off && n.textContent.trim()) window.added.push(n.textContent.trim());
        }))).observe(log, {childList: true, subtree: true}); }"""
    )
    say(page, "is this an audit?", "No, this is not an audit.")
    page.get_by_role("button", name="Yes, helpful").last.click()
    say(page, "what is a lien", "Notice of Federal Tax Lien")
    added = page.evaluate("window.added")
    assert sum("No, this is not an audit." in text for text in added) == 1
    assert sum("Notice of Federal Tax Lien" in text for text in added) == 1
    log = page.get_by_role("log")
    assert log.get_attribute("aria-live") in (None, "polite")


def test_history_is_not_read_out_when_the_chat_opens(new_page):
    page = new_page()
    say(page, "is this an audit?", "No, this is not an audit.")
    page.reload()
    page.evaluate(
        """() => { window.late = 0; const at = setInterval(() => {
        const root = document.querySelector('cp503-chat').shadowRoot;
        const log = root?.querySelector('[role=log]');
        if (!log) return; clearInterval(at);
        new MutationObserver(list => list.forEach(m => m.addedNodes.forEach(n => {
          if (n.textContent.includes('not an audit') && log.getAttribute('aria-busy') !== 'true'
              && log.getAttribute('aria-live') !== 'off') window.late++;
        }))).observe(log, {childList: true, subtree: true}); }, 1); }"""
    )
    open_chat(page)
    page.get_by_text("No, this is not an audit.").wait_for()
    assert page.evaluate("window.late") == 0


def test_small_zoomed_and_turned_around(new_page, raw_page, alone, host):
    page = new_page(320, 600)
    plan(page)
    page.get_by_role("button", name="Show as a table").or_(
        page.get_by_role("button", name="Show the chart")
    ).first.click()
    fits(page, 320)
    shot(page, "narrow-320")
    # 200 % zoom of a 1,280 px window is a 640 px one with everything twice as large.
    zoomed = new_page(640, 400, device_scale_factor=2)
    say(zoomed, "how do i pay", "Direct Pay")
    fits(zoomed, 640)
    shot(zoomed, "zoomed-200")
    desk = alone(ALLOWED_ORIGINS=host.url)
    host.lang = 'lang="ar" dir="rtl"'
    host.body = (
        f'<script type="module" src="{desk.url}/widget.js"></script><cp503-chat></cp503-chat>'
    )
    turned = raw_page(host.url, 400, 700)
    open_chat(turned)
    say(turned, "مرحبا ، أنا مدين 12,000", "more")
    fits(turned, 400)
    shot(turned, "right-to-left")


def test_targets_are_large_enough(new_page):
    page = new_page(360, 740)
    plan(page)
    page.get_by_role("button", name="Menu").click()
    small = page.evaluate(
        """() => [...document.querySelector('cp503-chat').shadowRoot
        .querySelectorAll('button, input, textarea, summary')]
        .filter(e => e.getClientRects().length)
        .map(e => [e.textContent.trim() || e.type, e.getBoundingClientRect()])
        .map(([n, r]) => [n, Math.round(r.width), Math.round(r.height)])
        .filter(([n, w, h]) => w < 24 || h < 24)"""
    )
    # A tick box is part of its label, which is the target.
    assert [s for s in small if s[0] != "checkbox"] == []


def test_forced_colours_and_reduced_motion(new_page):
    page = new_page(forced_colors="active", reduced_motion="reduce")
    say(page, "is this an audit?", "not an audit")
    shot(page, "forced-colours")
    moving = page.evaluate(
        """() => [...document.querySelector('cp503-chat').shadowRoot.querySelectorAll('*')]
        .filter(e => e.getAnimations().length).length"""
    )
    assert moving == 0


def test_the_deletion_by_keyboard(new_page):
    page = new_page()
    menu(page, "Delete my conversation")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keep it")).to_have_count(0)


def test_what_is_wrong_is_found(browser):
    """The check itself."""
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>t</title><main><h1>h</h1><img src='data:,'>"
        "<p style='color:#999;background:#aaa'>grey on grey</p></main>"
    )
    found = violations(page)
    assert "color-contrast" in found and "image-alt" in found
    page.close()
