"""``make test``: every stage, each named and timed; the first failure stops the run."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from tools import console
from tools.console import Stop, tell
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment
from tools.setup import node_environment, setup
from tools.train import train

# What runs, how it is shared out, and where it lies. Each test brings its own servers on free ports, so
# several at a time do not meet; those of the first wait more than they work. In the second a file's tests
# share a running assistant, so a file stays together.
SHARED_OUT = (
    ("Frontdesk and Slack", ["-n", "3", "--dist", "worksteal"], ["tests/slack", "tests/frontdesk"]),
    (
        "Tools, conversations, faults",
        ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"],
        ["tests/tools", "tests/faults", "tests/conversations"],
    ),
    ("Browser", ["-n", "2", "--dist", "worksteal"], ["tests/browser"]),
)


def finished(what, code, began):
    """Say how long a stage took; stop the run when it failed."""
    if code:
        raise Stop("%s: failed." % what, 1)
    tell("-- %s: %d s" % (what, time.monotonic() - began))


def stage(what, command, cwd=ROOT, env=None):
    """Run one stage with its output shown."""
    tell("\n== %s" % what)
    began = time.monotonic()
    code = subprocess.call([str(c) for c in command], cwd=str(cwd), env=env or environment())
    finished(what, code, began)


def together(stages):
    """Run stages, each (what, command), at the same time; their outputs are shown one after another."""
    began = time.monotonic()

    def said(command):
        return subprocess.run(
            [str(c) for c in command], cwd=str(ROOT), env=environment(),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        )  # fmt: skip

    with ThreadPoolExecutor(len(stages)) as beside:
        results = list(beside.map(said, [command for _, command in stages]))
    for (what, _), result in zip(stages, results):
        tell("\n== %s\n%s" % (what, result.stdout.rstrip()))
        finished(what, result.returncode, began)


def pytest(python, *words):
    """The command of one pytest run."""
    return [python, "-m", "pytest", "-q", "-rfE", "--durations=12"] + list(words)


def run():
    """All tests."""
    setup()
    browser = subprocess.run(
        [str(DESK_PYTHON), "-m", "tools.browser"], cwd=str(ROOT), env=environment(),
        stdout=subprocess.PIPE, universal_newlines=True,
    )  # fmt: skip
    if browser.returncode:
        raise Stop("No browser for the browser tests: see the line above.")
    rules = pytest(
        RASA_PYTHON, "tests/irs", "--cov=irs", "--cov-branch", "--cov-fail-under=100",
        "--cov-report=term-missing:skip-covered",
    )  # fmt: skip
    understanding = pytest(RASA_PYTHON, "tests/assistant", "tests/actions")
    together(
        [
            ("Rules, every branch (Rasa environment)", rules),
            ("Answers, understanding (Rasa environment)", understanding),
        ]
    )
    train()
    stage("Stories and held-apart NLU examples", [RASA_PYTHON, "-m", "tools.nlu_gate"])
    desk = environment()
    desk["PYTHONPATH"] = "%s:%s" % (ROOT, ROOT / "frontdesk")
    stage(
        "Held-apart messages: no fall since the last release",
        [DESK_PYTHON, "-m", "tools.evaluate", "--gate"],
        env=desk,
    )
    stage(
        "The page's units",
        [DESK_PYTHON.parent / "npm", "run", "test", "--silent"],
        ROOT / "web",
        node_environment(),
    )
    for what, shared, folders in SHARED_OUT:
        command = pytest(DESK_PYTHON, *shared, *folders)
        stage("%s (frontdesk environment)" % what, command, env=desk)
    tell("All tests passed.")
    return 0


if __name__ == "__main__":
    console.main(run)
