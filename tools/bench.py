"""``make bench``: training time, start, reply time for one user, memory; beside their targets."""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import console
from tools.console import tell
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment, free_port
from tools.setup import setup
from tools.supervisor import Supervisor
from tools.train import train

TURNS = [
    "is this an audit?",
    "how long do i have",
    "can i pay monthly i owe 12k",
    "18 months",
    "what if i ignore it",
    "yes all filed",
    "wait, it's 52,000",
    "thanks",
]
ROUNDS = 15


def megabytes(processes):
    """Memory of some processes, each shared page counted once (Linux), in MB."""
    total = 0
    for pid in processes:
        path = Path("/proc/%d/smaps_rollup" % pid)
        if path.is_file():
            fields = (line.split() for line in path.read_text().splitlines())
            total += sum(int(f[1]) for f in fields if f[0] == "Pss:")
        else:
            out = subprocess.run(
                ["ps", "-o", "rss=", "-p", str(pid)],
                stdout=subprocess.PIPE,
                universal_newlines=True,
            )
            total += int(out.stdout.strip() or 0)
    return total / 1024


def reply_times(url):
    """Milliseconds of each turn of a few conversations, one user at a time."""
    lines = [
        json.dumps({"id": str(n), "turns": [{"user": t} for t in TURNS]}) for n in range(ROUNDS)
    ]
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for line in lines:  # one after another: replay itself plays eight at a time
            source, out = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
            source.write_text(line)
            subprocess.run(
                [str(DESK_PYTHON), "-m", "tools.replay", str(source), str(out), "--url", url],
                cwd=str(ROOT), env=environment(), stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            times += json.loads(out.read_text())["ms"]
    return sorted(times)


def assessment_times():
    """(median milliseconds, memory gained in kB) of assessments with all options and schedules."""
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", "tools.bench_irs"], cwd=str(ROOT), env=environment(),
        stdout=subprocess.PIPE, universal_newlines=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    return found["median_ms"], found["gained_kb"]


def run():
    """Measure and print; the targets are for 2 cores."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    setup()
    begun = time.monotonic()
    model = train(force=True)
    rows = [("training", "%.0f s" % (time.monotonic() - begun), "120 s")]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "PORT": str(free_port()),
            "DATA_DIR": folder,
            "RASA_PORT": "",
            "ACTION_PORT": "",
        }
        supervisor = Supervisor(model, settings)
        try:
            begun = time.monotonic()
            supervisor.start_all()
            supervisor.wait_ready()
            rows.append(("start to first answer", "%.0f s" % (time.monotonic() - begun), "25 s"))
            times = reply_times(supervisor.url)
            rows.append(
                ("reply, median of %d" % len(times), "%d ms" % statistics.median(times), "120 ms")
            )
            rows.append(("reply, 95th percentile", "%d ms" % times[int(len(times) * 0.95)], ""))
            pids = [p.pid for p in supervisor.processes.values()] + [os.getpid()]
            rows.append(("memory of all processes", "%.0f MB" % megabytes(pids), "1300 MB"))
        finally:
            supervisor.stop()
    median, gained = assessment_times()
    rows.append(("one assessment, median", "%.1f ms" % median, "20 ms"))
    rows.append(("memory after 1,500 more", "%+d kB" % gained, "flat"))
    tell("\n%-28s %10s   %s" % ("", "measured", "target or less"))
    for what, measured, target in rows:
        tell("%-28s %10s   %s" % (what, measured, target))
    return 0


if __name__ == "__main__":
    sys.stdout.flush()
    console.main(run)
