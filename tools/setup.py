"""``make setup``: uv, the two Python environments, the page. Any Python 3.8+ with pip runs it."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import console
from tools.console import DISK_FULL, Step, Stop, no_space
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment

TOOLS = ROOT / ".tools"
STAMPS = TOOLS / "stamps"
WEB = ROOT / "web"


def run(command, what, cwd=ROOT, env=None):
    """Run a command quietly; on failure stop with the last thing it said."""
    done = subprocess.run(
        [str(c) for c in command], cwd=str(cwd), env=env or environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        universal_newlines=True, errors="replace",
    )  # fmt: skip
    if done.returncode == 0:
        return done.stdout
    if no_space(done.stdout):
        raise Stop(DISK_FULL.format(what=what))
    said = [line for line in done.stdout.strip().splitlines() if line.strip()]
    raise Stop("%s failed: %s" % (what, " / ".join(said[-4:]) or "no reason given"))


def digest(paths):
    """One hash over files and their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def fresh(name, mark, *needed):
    """Whether a step was done with just these files and what it made is still there."""
    stamp = STAMPS / name
    return all(n.exists() for n in needed) and stamp.is_file() and stamp.read_text() == mark


def stamp(name, mark):
    """Remember that a step is done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


def uv():
    """uv's path: the one on PATH, else one brought by pip (no venv module needed)."""
    ours = TOOLS / "uv" / "bin" / "uv"
    if ours.is_file():
        return ours
    found = shutil.which("uv")
    if found:
        return Path(found)
    with Step("Bringing uv, the Python package manager"):
        run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--target", TOOLS / "uv", "--require-hashes", "--no-deps",
             "-r", ROOT / "tools" / "uv-requirements.txt"],
            "Installing uv with pip",
        )  # fmt: skip
    return ours


def sync(name, project, python, version):
    """One environment from its lock file, hashes checked."""
    files = [project / "uv.lock", project / "pyproject.toml", ROOT / "irs" / "pyproject.toml"]
    mark = digest(files)
    if fresh(name, mark, python):
        return
    command = [uv(), "sync", "--frozen"]
    with Step("Building the %s environment (Python %s)" % (name, version)):
        try:
            # In the project's own folder: pyenv picks its Python by the .python-version there.
            run(command, "Building the %s environment" % name, project)
        except Stop as stop:
            text = stop.sentence.lower()
            if "interpreter" in text or "python" in text and "download" in text:
                raise Stop(
                    "Python %s could not be found or downloaded, and the %s environment needs it. "
                    "Install Python %s (for example with pyenv) and start again."
                    % (version, name, version)
                ) from None
            raise
    stamp(name, mark)


def node_environment():
    """An environment in which the node and npm of the Python wheel come first."""
    env = environment()
    env["PATH"] = os.pathsep.join([str(DESK_PYTHON.parent), env.get("PATH", "")])
    return env


def npm(*words):
    """Run npm in web/."""
    return run(
        [DESK_PYTHON.parent / "npm"] + list(words), "npm " + words[0], WEB, node_environment()
    )


def page():
    """Build web/dist."""
    lock = [WEB / "package.json", WEB / "package-lock.json"]
    mark = digest(lock)
    if not fresh("node_modules", mark, WEB / "node_modules"):
        with Step("Bringing the page's libraries"):
            npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp("node_modules", mark)
    sources = [
        p for p in WEB.rglob("*") if p.is_file() and not {"node_modules", "dist"} & set(p.parts)
    ]
    mark = digest(sources)
    if not fresh("page", mark, WEB / "dist" / "index.html"):
        with Step("Building the page"):
            npm("run", "build", "--silent")
        stamp("page", mark)


def setup():
    """Everything that must be there before training and starting."""
    sync("Rasa", ROOT, RASA_PYTHON, "3.10")
    sync("frontdesk", ROOT / "frontdesk", DESK_PYTHON, "3.12 or newer")
    page()
    return 0


if __name__ == "__main__":
    console.main(setup)
