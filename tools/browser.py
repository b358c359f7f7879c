"""A Chromium for the browser tests: one that is installed, Playwright's, or Debian's.

Prints its path ("playwright" for the one Playwright brought); fails with a sentence when none can
be had, so that no test is ever skipped for want of a browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NONE = (
    "No Chromium is installed, Playwright could not bring one, and it could not be installed from "
    "Debian's packages. Install Chromium or Chrome and run the tests again."
)


def _installed() -> str | None:
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return None


def _playwrights() -> str | None:
    """Playwright's own, where it has been or can be brought."""
    from playwright.sync_api import sync_playwright

    def path() -> str | None:
        with sync_playwright() as playwright:
            found = playwright.chromium.executable_path
            return found if Path(found).is_file() else None

    if path() is None:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
        )  # fmt: skip
    return path()


def _debians() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run(
            ["apt-get", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600
        )
    return _installed()


@lru_cache(maxsize=1)
def chromium() -> str:
    """The browser's path; RuntimeError with a sentence when none can be had."""
    for way in (_installed, _playwrights, _debians):
        try:
            path = way()
        except (OSError, subprocess.SubprocessError):
            path = None
        if path:
            return path
    raise RuntimeError(NONE)


if __name__ == "__main__":
    try:
        print(chromium())
    except RuntimeError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
