"""Cut at 200 random points: the server killed, the network gone, Rasa away. Nothing is lost,
doubled or out of order, on the page and in the ledger."""

import random
import sqlite3
import time

from conftest import agree, bubbles, open_chat, visitors
from playwright.sync_api import expect

PAGES, ROUNDS = 10, 20  # each round cuts every page once, wherever it is just then
BACK = 120_000


def test_two_hundred_random_cuts(raw_page, alone, brain):
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    desk = alone()
    pages = [raw_page(desk.url, 360, 740) for _ in range(PAGES)]
    for page in pages:
        open_chat(page)
        page.get_by_text("opening").wait_for()
        agree(page)
    said = [[] for _ in pages]
    brain.slow = 0.05
    for _ in range(ROUNDS):
        for n, page in enumerate(pages):
            for _ in range(chance.randrange(1, 3)):
                text = f"page {n} message {len(said[n])}"
                said[n].append(text)
                page.get_by_role("textbox", name="Message").fill(text)
                page.keyboard.press("Enter")
        how = chance.choice(["kill", "kill", "offline", "brain"])
        time.sleep(chance.random() * 0.25)
        if how == "kill":
            desk.kill()
            time.sleep(chance.random() * 0.3)
            desk.start()
        elif how == "offline":
            for page in pages:
                page.context.set_offline(True)
            time.sleep(chance.random() * 0.3)
            for page in pages:
                page.context.set_offline(False)
        else:
            brain.down = True
            time.sleep(chance.random() * 0.3)
            brain.down = False
    for n, page in enumerate(pages):
        expect(page.get_by_text(f"echo: {said[n][-1]}", exact=True)).to_have_count(1, timeout=BACK)
        assert visitors(page) == said[n], f"seed {seed}"
        answers = [b for b in (t.split("\n")[-1] for t in bubbles(page)) if b.startswith("echo: ")]
        assert answers == [f"echo: {text}" for text in said[n]], f"seed {seed}"
        before = bubbles(page)
        page.reload()
        open_chat(page)
        page.get_by_text(f"echo: {said[n][-1]}", exact=True).wait_for()
        assert bubbles(page) == before, f"seed {seed}"
    with sqlite3.connect(desk.folder / "frontdesk.db") as database:
        kept = database.execute(
            "SELECT text FROM message WHERE author = 'visitor' ORDER BY conversation_id, seq"
        ).fetchall()
    assert sorted(t for (t,) in kept) == sorted(t for page in said for t in page)


def test_typed_without_a_connection_is_sent_once_when_it_is_back(new_page):
    page = new_page()
    page.context.set_offline(True)
    page.get_by_text("No connection.").first.wait_for()
    page.get_by_role("textbox", name="Message").fill("is this an audit?")
    page.keyboard.press("Enter")
    page.get_by_text("Waiting for the connection").wait_for()
    page.context.set_offline(False)
    page.get_by_text("No, this is not an audit.").wait_for(timeout=60_000)
    assert visitors(page) == ["is this an audit?"]
