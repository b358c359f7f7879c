"""Processes of the frontdesk without the three seconds that its imports take.

One process imports it once and then forks: each fork is a process of its own, with its own environment, log and
arguments, and can be killed like any other. ``python -m frontdesk`` itself is started in tests/faults.
"""

import atexit
import contextlib
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path

from tools.project import DESK_PYTHON, ROOT, environment

FOLDERS = [str(ROOT / "frontdesk"), str(ROOT)]


def start(run, env, log):
    """The number of a new process: ``run`` is what follows ``python``, ``log`` where its output goes."""
    return _warm(os.getpid()).fork(run, env, log)


def end(pid):
    """Kill a process and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        while True:
            os.kill(pid, 0)
            time.sleep(0.005)


class _Warm:
    """The process that has imported all, as seen from a test."""

    def __init__(self):
        env = {**environment(), "PYTHONPATH": os.pathsep.join(FOLDERS)}
        self._process = subprocess.Popen(
            [str(DESK_PYTHON), __file__], env=env, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        atexit.register(self._process.stdin.close)

    def fork(self, run, env, log):
        order = {"run": [str(word) for word in run], "env": env, "log": str(log)}
        self._process.stdin.write(json.dumps(order) + "\n")
        return int(self._process.stdout.readline())


@lru_cache(maxsize=1)
def _warm(_pid):  # of the test's own process: a fork of it starts its own
    return _Warm()


def _serve():
    import frontdesk.__main__
    import frontdesk.desk.making  # noqa: F401

    signal.signal(signal.SIGCHLD, _reap)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _become(order)
        print(pid, flush=True)


def _reap(*_):
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(order):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(log, number)
    os.environ.clear()
    os.environ.update(order["env"])
    first, *rest = order["run"]
    code = 0
    try:
        if first == "-m":
            sys.argv = rest
            runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
        else:
            sys.argv = [first, *rest]
            sys.path.insert(0, str(Path(first).parent))
            runpy.run_path(first, run_name="__main__")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
