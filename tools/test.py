"""``make test``: every stage, each named and timed; the first failure stops the run."""

import subprocess

from tools import console
from tools.console import Stop, tell
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment
from tools.setup import node_environment, setup
from tools.train import train


def stage(what, command, cwd=ROOT, env=None):
    """Run one stage with its output shown."""
    tell("\n== %s" % what)
    done = subprocess.run([str(c) for c in command], cwd=str(cwd), env=env or environment())
    if done.returncode:
        raise Stop("%s: failed." % what, 1)


def pytest(what, python, *words):
    """One pytest run."""
    env = environment()
    if python == DESK_PYTHON:
        env["PYTHONPATH"] = "%s:%s" % (ROOT, ROOT / "frontdesk")
    stage(what, [python, "-m", "pytest", "-q", "-rfE"] + list(words), env=env)


def run():
    """All tests."""
    setup()
    browser = subprocess.run(
        [str(DESK_PYTHON), "-m", "tools.browser"], cwd=str(ROOT), env=environment(),
        stdout=subprocess.PIPE, universal_newlines=True,
    )  # fmt: skip
    if browser.returncode:
        raise Stop("No browser for the browser tests: see the line above.")
    pytest(
        "Rules, every branch (Rasa environment)", RASA_PYTHON, "tests/irs", "--cov=irs",
        "--cov-branch", "--cov-fail-under=100", "--cov-report=term-missing:skip-covered",
    )  # fmt: skip
    pytest(
        "Answers, understanding (Rasa environment)",
        RASA_PYTHON,
        "tests/assistant",
        "tests/actions",
    )
    train()
    stage("Stories and held-apart NLU examples", [RASA_PYTHON, "-m", "tools.nlu_gate"])
    pytest_env = environment()
    pytest_env["PYTHONPATH"] = "%s:%s" % (ROOT, ROOT / "frontdesk")
    stage(
        "Held-apart messages: no fall since the last release",
        [DESK_PYTHON, "-m", "tools.evaluate", "--gate"],
        env=pytest_env,
    )
    stage(
        "The page's units",
        [DESK_PYTHON.parent / "npm", "run", "test", "--silent"],
        ROOT / "web",
        node_environment(),
    )
    # Each of these brings its own servers on free ports, so two files at a time do not meet.
    two = ("-n", "2", "--dist", "loadfile")
    pytest(
        "Frontdesk and Slack (frontdesk environment)",
        DESK_PYTHON, *two, "tests/frontdesk", "tests/slack",
    )  # fmt: skip
    pytest(
        "Tools, conversations, faults (frontdesk environment)",
        DESK_PYTHON, "tests/tools", "tests/conversations", "tests/faults",
    )  # fmt: skip
    pytest("Browser (frontdesk environment)", DESK_PYTHON, *two, "tests/browser")
    tell("All tests passed.")
    return 0


if __name__ == "__main__":
    console.main(run)
