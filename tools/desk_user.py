"""``make desk-user NAME=anna [ROLE=manager] [RESET=1]``: an account at the desk, and its set-up link."""

import os
import subprocess

from tools import console
from tools.console import Stop
from tools.project import DESK_PYTHON, ROOT, data_dir, environment, shared_secret
from tools.setup import sync

USE = "Say who: make desk-user NAME=anna, or make desk-user NAME=anna ROLE=manager"


def run():
    """Exit code of what does it, in the frontdesk environment."""
    env = environment()
    name, role = env.get("NAME", "").strip(), env.get("ROLE", "").strip()
    if not name or name.startswith("-"):
        raise Stop(USE, 2)
    if role not in ("", "advisor", "manager"):
        raise Stop("ROLE is %r; it must be advisor or manager." % role, 2)
    sync("frontdesk", ROOT / "frontdesk", DESK_PYTHON, "3.12 or newer")
    env["CP503_SECRET"] = shared_secret(data_dir(env), env)
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "frontdesk"), str(ROOT)])
    words = [str(DESK_PYTHON), "-m", "frontdesk.desk.making", name]
    words += ["--role", role] if role else []
    words += ["--reset"] if env.get("RESET") else []
    return subprocess.call(words, cwd=str(ROOT), env=env)


if __name__ == "__main__":
    console.main(run)
