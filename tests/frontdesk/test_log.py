"""A log that cannot be written (a full disk) must not take an answer away."""

import subprocess
import sys

SCRIPT = """
import resource, sys
import structlog
from frontdesk.log import configure
configure()
log = structlog.get_logger()
log.info("first")
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
log.error("lost", kind="x" * 100_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
log.info("last")
"""


def test_a_full_disk_costs_the_line_and_nothing_else(tmp_path):
    with (tmp_path / "log").open("wb") as log:
        done = subprocess.run([sys.executable, "-c", SCRIPT], stdout=log, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr.decode()
    lines = (tmp_path / "log").read_text().splitlines()
    assert ["first" in lines[0], "last" in lines[-1]] == [True, True]
    assert not any("lost" in line for line in lines)
