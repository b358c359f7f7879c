"""A conversation of a thousand messages: it opens whole, and a new message redraws no old one."""

from conftest import agree, open_chat, say, shot
from frontdesk_alone import MANY, long_talk


def test_a_thousand_messages(raw_page, alone):
    desk = alone(MESSAGES_PER_10_SECONDS="100000")
    token = long_talk(desk.url)
    page = raw_page(desk.url, 360, 740)
    page.evaluate("token => localStorage.setItem('cp503-token', token)", token)
    page.reload()
    open_chat(page)
    page.get_by_text(f"echo: question {MANY - 1} about").wait_for()
    agree(page)
    assert page.locator(".bubble").count() == 3 * MANY + 1
    log = page.get_by_role("log")
    log.evaluate("e => { e.scrollTop = 0; }")
    page.get_by_text("question 0 about").first.wait_for()
    # What is not in view is not laid out, and what is there already is not drawn again.
    page.evaluate(
        """() => { const log = document.querySelector('cp503-chat').shadowRoot
            .querySelector('[role=log]');
        window.changed = new Set();
        new MutationObserver(list => list.forEach(m => {
          const row = (m.target.nodeType === 1 ? m.target : m.target.parentElement)?.closest('[data-seq]');
          if (row) window.changed.add(row.dataset.seq); }))
          .observe(log, {childList: true, subtree: true, characterData: true, attributes: true}); }"""
    )
    say(page, "one more", "echo: one more")
    assert page.evaluate("window.changed.size") < 12
    shot(page, "a-thousand-messages")
