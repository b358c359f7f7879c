"""``make lint``: style, types and import rules on both sides, the page, and the data."""

import subprocess

from tools import console
from tools.console import Stop, tell
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment
from tools.setup import node_environment, setup
from tools.train import check_data

PYTHON = ["actions", "assistant", "frontdesk/frontdesk", "irs", "tests", "tools"]


def stage(what, command, cwd=ROOT, env=None):
    """One check; its output only when it fails."""
    done = subprocess.run(
        [str(c) for c in command], cwd=str(cwd), env=env or environment(), universal_newlines=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        tell(done.stdout[-6000:])
        raise Stop("%s: not clean." % what)
    tell("%s: clean" % what)


def run():
    """All checks."""
    setup()
    stage("Style", [DESK_PYTHON, "-m", "ruff", "check"] + PYTHON)
    stage("Format", [DESK_PYTHON, "-m", "ruff", "format", "--check"] + PYTHON)
    stage(
        "Types of irs",
        [DESK_PYTHON, "-m", "mypy", "--config-file", "frontdesk/pyproject.toml", "-p", "irs"],
    )
    stage(
        "Types of the frontdesk", [DESK_PYTHON, "-m", "mypy", "-p", "frontdesk"], ROOT / "frontdesk",
    )  # fmt: skip
    stage("Who may import whom", [DESK_PYTHON, "-m", "tools.imports"])
    check_data()
    tell("Topics and training data: clean")
    stage("Rasa's data", [RASA_PYTHON, "-m", "rasa", "data", "validate", "--fail-on-warnings"])
    stage(
        "The page",
        [DESK_PYTHON.parent / "npm", "run", "lint", "--silent"],
        ROOT / "web",
        node_environment(),
    )
    return 0


if __name__ == "__main__":
    console.main(run)
