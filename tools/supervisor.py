"""The three processes under one roof: started together, watched, stopped together."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from tools.console import Stop, tell
from tools.project import (
    DESK_PYTHON,
    RASA_PYTHON,
    ROOT,
    check_port,
    data_dir,
    environment,
    free_port,
    port,
    shared_secret,
)  # fmt: skip

NAMES = ("actions", "rasa", "frontdesk")
READY_SECONDS = 180
LOG_BYTES = 5_000_000
STOP_SECONDS = 8


def _die_with_parent():
    """In the child, before it runs: a supervisor that is killed takes its processes with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Supervisor:
    """Starts, watches and stops the action server, Rasa and the frontdesk."""

    def __init__(self, model, extra=None):
        env = environment(extra)
        self.port = port(env, "PORT", 8080)
        self.host = env.get("HOST") or "127.0.0.1"
        check_port(self.port, self.host)
        self.folder = data_dir(env)
        self.url = "http://127.0.0.1:%d" % self.port
        env.update(
            PORT=str(self.port),
            DATA_DIR=str(self.folder),
            RASA_PORT=env.get("RASA_PORT") or str(free_port()),
            ACTION_PORT=env.get("ACTION_PORT") or str(free_port()),
            CP503_SECRET=shared_secret(self.folder, env),
        )
        self.env = env
        self.commands = {
            "actions": [RASA_PYTHON, "-m", "assistant.action_server"],
            "rasa": [RASA_PYTHON, "-m", "assistant.serve", "--model", model],
            "frontdesk": [DESK_PYTHON, "-m", "frontdesk"],
        }
        self.processes = {}
        self.logs = self.folder / "logs"
        self._deaths = {}

    def start(self, name):
        """Start one process; its output goes to DATA_DIR/logs."""
        self.logs.mkdir(exist_ok=True)
        log = self.logs / (name + ".log")
        if log.is_file() and log.stat().st_size > LOG_BYTES:
            os.replace(str(log), str(log) + ".1")
        env = dict(self.env)
        if name == "frontdesk":
            env["PYTHONPATH"] = str(ROOT / "frontdesk")
        with log.open("ab") as out:
            self.processes[name] = subprocess.Popen(
                [str(c) for c in self.commands[name]], cwd=str(ROOT), env=env, stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_die_with_parent,
            )  # fmt: skip

    def start_all(self):
        """Start all three."""
        for name in ("rasa", "actions", "frontdesk"):  # the slowest first
            self.start(name)

    def last_words(self, name):
        """The last line a process logged."""
        text = (self.logs / (name + ".log")).read_text("utf-8", "replace")[-4000:]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1][:300] if lines else "it said nothing"

    def wait_ready(self, seconds=READY_SECONDS):
        """Wait until a question asked at the door is answered."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise Stop(
                        "The %s process ended while starting: %s (more in %s)."
                        % (name, self.last_words(name), self.logs / (name + ".log"))
                    )
            if self.healthy():
                self._ask()
                return
            time.sleep(0.2)
        raise Stop("The assistant did not start within %d s. See %s." % (seconds, self.logs))

    def healthy(self):
        """Whether /health says that all three work."""
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=6) as answer:
                return json.load(answer)["status"] == "ok"
        except (OSError, ValueError, urllib.error.HTTPError):
            return False

    def _ask(self):
        done = subprocess.run(
            [str(DESK_PYTHON), "-m", "tools.ask", self.url], cwd=str(ROOT), env=self.env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        )  # fmt: skip
        if done.returncode:
            raise Stop("A first question was not answered: %s" % done.stdout.strip()[-300:])

    def watch(self):
        """Restart what dies, until interrupted."""
        while True:
            time.sleep(0.5)
            for name, process in list(self.processes.items()):
                if process.poll() is None:
                    continue
                deaths = [t for t in self._deaths.get(name, []) if time.monotonic() - t < 60]
                self._deaths[name] = deaths + [time.monotonic()]
                if len(deaths) >= 5:
                    raise Stop(
                        "The %s process keeps ending: %s. Messages are kept; see %s."
                        % (name, self.last_words(name), self.logs / (name + ".log"))
                    )
                tell("The %s process ended (%s); starting it again." % (name, process.returncode))
                time.sleep(min(2 ** len(deaths), 10) / 4)
                self.start(name)

    def stop(self):
        """Stop everything: first a request, then by force; no process is left."""
        for process in self.processes.values():
            _signal(process, signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            _signal(process, signal.SIGKILL)
            process.wait()

    def kill(self, name):
        """kill -9 one process (for tests)."""
        _signal(self.processes[name], signal.SIGKILL)
        self.processes[name].wait()


def _signal(process, number):
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass
