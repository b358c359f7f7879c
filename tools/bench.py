"""``make bench``: ours beside stock Rasa in one run, then training, start, memory and their targets.

Both are up at the same time and are asked in short rounds, in turn, by the same client, so that
whatever else the machine does hits them alike; what is compared are medians over the rounds and the
ratios within a round. ``QUICK=1``: fewer and shorter rounds, and no stock Rasa on our data (its
training takes long). Stock models are trained once and kept in ``.rasa/bench``.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.speed.systems import OUR_TURNS, Ours, Stock, cpu_seconds
from tools import console
from tools.console import Step, Stop, tell
from tools.project import DESK_PYTHON, RASA_PYTHON, ROOT, environment
from tools.setup import setup
from tools.train import train

TURNS = OUR_TURNS
CLIENTS = (1, 8, 32)
LONG = (10, 100, 300)  # turns of one conversation
RESULTS = ROOT / "results" / "speed.json"


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


def client(door, **job):
    """What the one client measured at a door."""
    done = subprocess.run(
        [str(DESK_PYTHON), "-m", "benchmarks.speed.client"], cwd=str(ROOT), env=environment(),
        input=json.dumps(dict(door, **job)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        universal_newlines=True,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The client failed: %s" % done.stderr.strip()[-400:])
    return json.loads(done.stdout)


def share(times, part):
    """A percentile of sorted times."""
    return times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def measure(door, pids, clients, seconds):
    """One short round at one door: messages a second, percentiles, CPU of the processes."""
    before = {name: cpu_seconds([pid]) for name, pid in pids.items()}
    found = client(door, do="load", clients=clients, seconds=seconds)
    times, count = sorted(found["times"]), max(1, len(found["times"]))
    used = {
        name: (cpu_seconds([pid]) - before[name]) * 1000 / count
        for name, pid in pids.items()
        if before[name] is not None
    }
    return {
        "rate": len(times) / found["seconds"],
        "p50": share(times, 0.5),
        "p95": share(times, 0.95),
        "p99": share(times, 0.99),
        "cpu": used,
        "failed": found["failed"],
        "count": len(times),
    }


def rounds(doors, count, seconds):
    """Measurements [{name: {clients: measurement}}], the doors taken in turn within each round."""
    taken = []
    with Step("Asking") as step:
        for number in range(count):
            taken.append({name: {} for name in doors})
            for clients in CLIENTS:
                order = list(doors) if number % 2 else list(doors)[::-1]
                for name in order:
                    step.detail = "round %d, %d clients, %s" % (number + 1, clients, name)
                    door, pids = doors[name]
                    taken[-1][name][clients] = measure(door, pids, clients, seconds)
    return taken


def long_conversations(doors, at, samples):
    """{name: {turns: median ms}} of a turn after so many."""
    found = {}
    with Step("Long conversations") as step:
        for name, (door, _) in doors.items():
            step.detail = name
            times = client(door, do="long", at=at, samples=samples)
            found[name] = {int(turns): statistics.median(ms) for turns, ms in times.items()}
    return found


def middle(taken, name, clients, what):
    """A figure's median over the rounds."""
    return statistics.median(r[name][clients][what] for r in taken)


def report(taken, names, reference):
    """Lines of the table of rounds."""
    lines = ["\n| system | clients | messages/s | p50 ms | p95 ms | p99 ms | CPU ms a message |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    for clients in CLIENTS:
        for name in names:
            cpu = {}
            for r in taken:
                for process, ms in r[name][clients]["cpu"].items():
                    cpu.setdefault(process, []).append(ms)
            cost = ", ".join("%s %.1f" % (p, statistics.median(ms)) for p, ms in cpu.items())
            figures = [middle(taken, name, clients, w) for w in ("rate", "p50", "p95", "p99")]
            lines.append(
                "| %s | %d | %.1f | %.0f | %.0f | %.0f | %s |"
                % (name, clients, figures[0], figures[1], figures[2], figures[3], cost or "-")
            )
    for other in names:
        if other == reference or other not in taken[0]:
            continue
        ratios = []
        for clients in CLIENTS:
            each = [
                r[reference][clients]["rate"] / max(r[other][clients]["rate"], 1e-9) for r in taken
            ]
            text = "%d clients %.1fx (%.1f to %.1f)"
            ratios.append(text % (clients, statistics.median(each), min(each), max(each)))
        lines.append("\n%s to %s, messages/s: %s" % (reference, other, "; ".join(ratios)))
    failed = sum(m["failed"] for r in taken for by in r.values() for m in by.values())
    lines.append("Messages without an answer: %d" % failed)
    return lines


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
    quick = os.environ.get("QUICK", "") not in ("", "0")
    setup()
    begun = time.monotonic()
    model = train(force=not quick)
    training = None if quick else time.monotonic() - begun
    stocks = [Stock(False)] + ([] if quick else [Stock(True)])
    trained = {stock.name: stock.train() for stock in stocks}
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(model, folder)
        started, memory = {}, {}
        try:
            for system in stocks + [ours]:
                with Step("Starting %s" % system.name):
                    started[system.name] = system.start()
            doors = {s.name: (s.door, s.pids()) for s in stocks + [ours]}
            pages = {"ours": doors["ours"], "ours, through the frontdesk": (ours.page, ours.pids())}
            count, seconds = (2, 4) if quick else (5, 8)
            taken = rounds(doors, count, seconds)
            through = rounds(pages, 1 if quick else 3, seconds)
            at, samples = (LONG[:2], 6) if quick else (LONG, 16)
            times = long_conversations(doors, at, samples)
            for system in stocks + [ours]:
                memory[system.name] = {n: megabytes([p]) for n, p in system.pids().items()}
        finally:
            for system in stocks + [ours]:
                system.stop()
    median, gained = assessment_times()
    names = [s.name for s in stocks] + ["ours"]
    lines = report(taken, names, "ours")
    lines += report(through, list(pages), "ours, through the frontdesk")
    lines.append(
        "\n| a turn of one conversation, ms | "
        + " | ".join("turn %d" % t for t in at)
        + " | last : first |"
    )
    lines.append("| --- |" + " ---: |" * (len(at) + 1))
    for name in names:
        ms = times[name]
        cells = ["%.0f" % ms[t] for t in at] + ["%.2f" % (ms[at[-1]] / ms[at[0]])]
        lines.append("| %s | %s |" % (name, " | ".join(cells)))
    lines += ["\n| | training s | start s | memory MB |", "| --- | ---: | ---: | --- |"]
    trained["ours"] = training
    for name in names:
        each = ", ".join("%s %.0f" % (n, mb) for n, mb in memory[name].items())
        took = "-" if trained[name] is None else "%.0f" % trained[name]
        all_mb = sum(memory[name].values())
        lines.append("| %s | %s | %.0f | %.0f (%s) |" % (name, took, started[name], all_mb, each))
    tell("\n".join(lines))
    rows = [
        ("training", "-" if quick else "%.0f s" % training, "60 s"),
        ("start to first answer", "%.0f s" % started["ours"], "25 s"),
        ("reply, median, one user", "%.0f ms" % middle(through, "ours, through the frontdesk", 1, "p50"), "120 ms"),
        ("reply, 95th percentile", "%.0f ms" % middle(through, "ours, through the frontdesk", 1, "p95"), ""),
        ("memory of all processes", "%.0f MB" % sum(memory["ours"].values()), "1300 MB"),
        ("one assessment, median", "%.1f ms" % median, "20 ms"),
        ("memory after 1,500 more", "%+d kB" % gained, "flat"),
    ]  # fmt: skip
    tell("\n%-28s %10s   %s" % ("", "measured", "target or less"))
    for what, measured, target in rows:
        tell("%-28s %10s   %s" % (what, measured, target))
    RESULTS.parent.mkdir(exist_ok=True)
    found = {"rounds": taken, "through": through, "long": times, "memory": memory, "start": started}
    RESULTS.write_text(json.dumps(dict(found, training=trained, rows=rows), indent=1))
    tell("\nAll figures: %s" % RESULTS.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.stdout.flush()
    console.main(run)
