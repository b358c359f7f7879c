"""The widget in Chromium: what it adds to a reply, how a long conversation scrolls, what it weighs.

    PYTHONPATH=.:frontdesk frontdesk/.venv/bin/python -m benchmarks.widget

The frontdesk is the real one; in Rasa's place stands a server that answers at once, so that the time from
Enter to the shown reply is all beyond the assistant's own time.
"""

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.browser import ARGUMENTS, chromium
from tools.project import ROOT

sys.path.insert(0, str(ROOT / "tests" / "browser"))

from frontdesk_alone import MANY, FrontdeskAlone, ScriptedBrain, long_talk, serving  # noqa: E402

TURNS = 60
# From Enter until the reply has been laid out and a frame with it was drawn.
ONE_TURN = """text => new Promise(done => {
  const root = document.querySelector('cp503-chat').shadowRoot;
  const log = root.querySelector('[role=log]');
  const box = root.querySelector('textarea');
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  requestAnimationFrame(() => {
    const from = performance.now();
    const seen = new MutationObserver(() => {
      if (![...log.querySelectorAll('.bubble.assistant')].at(-2)?.textContent.includes('echo: ' + text)) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
    });
    seen.observe(log, {childList: true, subtree: true, characterData: true});
    box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
  });
})"""
SCROLL = """() => new Promise(done => {
  const root = document.querySelector('cp503-chat').shadowRoot;
  let box = root.querySelector('[role=log]');
  while (box && box.scrollHeight <= box.clientHeight + 10) box = box.parentElement;
  box.scrollTop = 0;
  const gaps = []; let last = performance.now(); const start = last;
  const step = now => {
    gaps.push(now - last); last = now;
    box.scrollTop += 60;
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 5 || now - start > 20000) done(gaps.slice(2));
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def percentile(values, share):
    """The value below which a share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def opened(browser, url, token=None):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(url)
    if token:
        page.evaluate("token => localStorage.setItem('cp503-token', token)", token)
        page.reload()
    page.get_by_role("button", name="Chat").click()
    page.get_by_text("opening").first.wait_for()
    page.wait_for_timeout(1500)
    return page


def main():
    """Print the figures of docs/speed.md."""
    dist = ROOT / "web" / "dist"
    for path in (dist / "widget.js", *dist.glob("assets/*.js")):
        print(f"{path.name}: {len(gzip.compress(path.read_bytes())) / 1000:.1f} kB gzip")
    brain = ScriptedBrain()
    with serving(brain.app(), brain.port), sync_playwright() as playwright:
        folder = Path(tempfile.mkdtemp(prefix="cp503-"))
        desk = FrontdeskAlone(folder / "data", brain, {"MESSAGES_PER_10_SECONDS": "100000"}).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            page = opened(browser, desk.url)
            took = [page.evaluate(ONE_TURN, f"message {n}") for n in range(TURNS)][5:]
            print(
                f"Enter to shown reply, {len(took)} turns: median {statistics.median(took):.0f} ms, "
                f"95th percentile {percentile(took, 0.95):.0f} ms"
            )
            page = opened(browser, desk.url, long_talk(desk.url))
            gaps = page.evaluate(SCROLL)
            late = sum(gap > 34 for gap in gaps)
            print(
                f"Scrolling {3 * MANY + 1} messages, {len(gaps)} frames: median "
                f"{statistics.median(gaps):.1f} ms, 99th percentile {percentile(gaps, 0.99):.1f} ms, "
                f"longest {max(gaps):.0f} ms, over two frames {100 * late / len(gaps):.1f} %"
            )
            took = [page.evaluate(ONE_TURN, f"late {n}") for n in range(25)][5:]
            print(f"Enter to shown reply there: median {statistics.median(took):.0f} ms")
        finally:
            browser.close()
            desk.kill()


if __name__ == "__main__":
    main()
