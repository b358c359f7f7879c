"""A visitor in a real browser and an advisor write to each other while either is cut off at random:
the frontdesk killed (SIGKILL), the visitor's network gone, the advisor's connection broken. Nothing is
lost, doubled or out of order, on the page, at the desk and in the ledger, and the bot says nothing.

``CUTS=50`` makes it fifty cuts and 500 messages.
"""

import os
import random
import sqlite3
import time

from conftest import open_chat
from playwright.sync_api import expect
from test_handoff import advisors_texts, arrive, line, with_anna

CUTS, EACH = int(os.environ.get("CUTS", "10")), 5  # messages of each side around a cut
BACK = 120_000


def seen(page):
    """What the page has of the visitor's messages and of the advisor's, in order.

    Not what is painted: far above the end the browser leaves that out until it is scrolled to.
    """
    both = (".bubble.visitor .typed", ".bubble.advisor .said")
    return tuple([t.strip() for t in page.locator(b).all_text_contents()] for b in both)


def test_nothing_lost_doubled_or_out_of_order(raw_page, staffed, at_the_desk, brain):
    seed = int(os.environ.get("SEED", random.randrange(1_000_000)))
    print(f"seed {seed}")
    chance = random.Random(seed)
    frontdesk = staffed(HANDOFF_GRACE_SECONDS="3600")
    anna = at_the_desk(frontdesk.url)
    page = arrive(raw_page, frontdesk.url, 390, 844)
    with_anna(page, anna)
    turns, asked, answered = len(brain.turns), [], []
    box = page.get_by_role("textbox", name="Message")

    async def advisor_writes(texts):
        for text in texts:
            await anna.advisor.insist(text)

    def visitor_writes():
        asked.append(f"question {len(asked)}")
        box.fill(asked[-1])
        page.keyboard.press("Enter")

    for n in range(CUTS):
        texts = [f"answer {len(answered) + m}" for m in range(EACH)]
        answered += texts
        writing = anna.begin(advisor_writes(texts))
        early = chance.randrange(EACH)
        for _ in range(early):
            visitor_writes()
        time.sleep(chance.random() * 0.3)
        how = chance.choice(["kill", "network", "network", "advisor", "advisor"])
        if how == "kill":
            frontdesk.kill()
        elif how == "network":
            page.context.set_offline(True)
        else:
            anna(anna.advisor.io.disconnect())
        for _ in range(EACH - early):
            visitor_writes()
        time.sleep(chance.random() * 0.5)
        if how == "kill":
            frontdesk.start()
        page.context.set_offline(False)
        writing.result(BACK / 1000)
        print(f"{n + 1}: {how}")
    anna(anna.advisor.back())
    last = page.locator(".bubble.visitor .typed").filter(has_text=asked[-1])
    expect(last).to_have_count(1, timeout=BACK)
    expect(page.locator(".state", has_text="Sent")).to_have_count(len(asked), timeout=BACK)
    expect(page.get_by_text(answered[-1], exact=True)).to_have_count(1, timeout=BACK)
    assert seen(page) == (asked, answered), f"seed {seed}"
    anna(anna.advisor.until(lambda: advisors_texts(anna).count(asked[-1]) == 1, 60), 70)
    at_desk = [m for _, m in sorted(anna.advisor.messages.items())]
    assert [m["seq"] for m in at_desk] == list(range(1, len(at_desk) + 1)), f"seed {seed}"
    for author, said in (("visitor", asked), ("advisor", answered)):
        assert [m["text"] for m in at_desk if m["author"] == author] == said, f"seed {seed}"
    expect(line(page).get_by_text("Anna, tax advisor")).to_have_count(1)
    page.reload()
    open_chat(page)
    page.get_by_text(answered[-1], exact=True).wait_for()
    assert seen(page) == (asked, answered), f"seed {seed}"
    assert len(brain.turns) == turns
    with sqlite3.connect(frontdesk.folder / "frontdesk.db") as database:
        kept = database.execute("SELECT author, text FROM message ORDER BY seq").fetchall()
    assert [text for author, text in kept if author == "visitor"] == asked
    assert [text for author, text in kept if author == "advisor"] == answered
