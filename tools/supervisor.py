"""All processes under one roof: started together, watched, replaced one by one, stopped together."""

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
    number,
    port,
    running_file,
    shared_secret,
    wanted_file,
    write_whole,
)  # fmt: skip

NAMES = ("actions", "rasa", "frontdesk")
READY_SECONDS = 300
LOG_BYTES = 5_000_000
STOP_SECONDS = 8
DRAIN_SECONDS = 25  # a replaced worker may finish its turns so long


def _die_with_parent():
    """In the child, before it runs: a supervisor that is killed takes its processes with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def numbered(name, count):
    """The names of so many processes of a kind: rasa, rasa-2, rasa-3 …"""
    return [name] + ["%s-%d" % (name, n) for n in range(2, count + 1)]


class Supervisor:
    """Starts, watches, replaces and stops the action server, the Rasa workers and the frontdesk."""

    def __init__(self, model, extra=None):
        env = environment(extra)
        self.port = port(env, "PORT", 8080)
        self.host = env.get("HOST") or "127.0.0.1"
        self.workers = number(env, "WORKERS", 1)
        self.desks = number(env, "FRONTDESKS", 1)
        if self.desks > 1 and not (env.get("DATABASE_URL") and env.get("REDIS_URL")):
            raise Stop(
                "FRONTDESKS=%d needs DATABASE_URL (PostgreSQL) and REDIS_URL, because several "
                "frontdesk processes share the ledger and pass each other the replies. Set both, or "
                "leave FRONTDESKS at 1." % self.desks,
                2,
            )
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
        self.model = str(model)
        self.processes = {}
        self.ports = {"rasa": env["RASA_PORT"]}
        self.logs = self.folder / "logs"
        self._beside = []  # processes being started or drained beside the ones that serve
        self._deaths = {}
        self._done = None  # the last wish that was carried out
        wanted_file(self.folder).unlink() if wanted_file(self.folder).is_file() else None

    def _launch(self, name, own=None):
        """A process of a kind, with its own settings; its output goes to DATA_DIR/logs."""
        self.logs.mkdir(exist_ok=True)
        log = self.logs / (name + ".log")
        if log.is_file() and log.stat().st_size > LOG_BYTES:
            os.replace(str(log), str(log) + ".1")
        env = dict(self.env, **(own or {}))
        kind = name.split("-")[0]
        if kind == "actions":
            command = [RASA_PYTHON, "-m", "assistant.action_server"]
        elif kind == "rasa":
            command = [RASA_PYTHON, "-m", "assistant.serve", "--model", self.model]
        else:
            command = [DESK_PYTHON, "-m", "frontdesk"]
            env["PYTHONPATH"] = str(ROOT / "frontdesk")
        with log.open("ab") as out:
            return subprocess.Popen(
                [str(c) for c in command], cwd=str(ROOT), env=env, stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_die_with_parent,
            )  # fmt: skip

    def start(self, name):
        """Start one of the processes, at the port it had before."""
        own = {}
        if name.startswith("rasa"):
            self.ports.setdefault(name, str(free_port()))
            own["RASA_PORT"] = self.ports[name]
        self.processes[name] = self._launch(name, own)

    def start_all(self):
        """Start all of them."""
        for name in numbered("rasa", self.workers) + ["actions"]:  # the slowest first
            self.start(name)
        self._publish()
        for name in numbered("frontdesk", self.desks):
            self.start(name)

    def _publish(self, error=None):
        """Write down who works, for the frontdesk, and what became of the last wish."""
        workers = [n for n in self.processes if n.startswith("rasa")]
        told = {
            "workers": [
                {"name": n, "url": "http://127.0.0.1:" + self.ports[n]} for n in sorted(workers)
            ],
            "model": self.model,
            "supervisor": os.getpid(),
            "done": self._done,
            "error": error,
        }
        write_whole(running_file(self.folder), json.dumps(told))

    def last_words(self, name):
        """The last line a process logged."""
        text = (self.logs / (name + ".log")).read_text("utf-8", "replace")[-4000:]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1][:300] if lines else "it said nothing"

    def _ended(self, name):
        return Stop(
            "The %s process ended while starting: %s (more in %s)."
            % (name, self.last_words(name), self.logs / (name + ".log"))
        )

    def wait_ready(self, seconds=READY_SECONDS):
        """Wait until every worker works and a question asked at the door is answered."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise self._ended(name)
            if self.healthy() and all(
                self._answers(self.ports[n], "/webhooks/frontdesk/health")
                for n in self.processes
                if n.startswith("rasa-")
            ):
                self._ask()
                return
            time.sleep(0.2)
        raise Stop("The assistant did not start within %d s. See %s." % (seconds, self.logs))

    def healthy(self):
        """Whether /health says that all parts work."""
        return self.report().get("status") == "ok"

    def report(self):
        """What /health says; empty while it says that something does not work."""
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=6) as answer:
                return json.load(answer)
        except (OSError, ValueError, urllib.error.HTTPError):
            return {}

    def _answers(self, at, path):
        """Whether a process behind the secret says that it works."""
        request = urllib.request.Request(
            "http://127.0.0.1:%s%s" % (at, path),
            headers={"Authorization": "Bearer " + self.env["CP503_SECRET"]},
        )
        try:
            with urllib.request.urlopen(request, timeout=6) as answer:
                return answer.status == 200
        except (OSError, ValueError):
            return False

    def _ask(self):
        done = subprocess.run(
            [str(DESK_PYTHON), "-m", "tools.ask", self.url], cwd=str(ROOT), env=self.env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        )  # fmt: skip
        if done.returncode:
            raise Stop("A first question was not answered: %s" % done.stdout.strip()[-300:])

    def watch(self):
        """Restart what dies and carry out what ``make reload`` wishes, until interrupted."""
        while True:
            time.sleep(0.5)
            self.look_after()
            self.obey()

    def look_after(self):
        """Restart what died."""
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

    def obey(self):
        """Carry out a wish, if there is one; a failure leaves what served before."""
        path = wanted_file(self.folder)
        if not path.is_file():
            return
        wish = json.loads(path.read_text())
        path.unlink()
        error = None
        try:
            self.change(wish["model"], wish["workers"], wish["renew"])
        except Stop as stop:
            error = stop.sentence
            tell(error)
        self._done = wish["id"]
        self._publish(error)

    def change(self, model=None, workers=None, renew=True):
        """Go over to a model and a number of workers while everything goes on answering.

        ``renew``: replace the action server and each worker, one after another: the new one is
        started, asked whether it works and put in the place (and under the name, so with the
        conversations) of the old one, which finishes its turns and ends.
        """
        self.workers = workers or self.workers
        names = numbered("rasa", self.workers)
        before, self.model = self.model, str(model or self.model)
        old_actions = None
        try:
            if renew:
                at = str(free_port())
                fresh = self._beside_until("actions", {"ACTION_PORT": at}, at, "/health")
                old_actions = self.processes["actions"]
                self.processes["actions"], self.env["ACTION_PORT"] = fresh, at
            for name in names:
                if not renew and name in self.processes:
                    continue
                at = str(free_port())
                path = "/webhooks/frontdesk/health"
                fresh = self._beside_until(name, {"RASA_PORT": at}, at, path)
                old, self.processes[name] = self.processes.get(name), fresh
                self.ports[name] = at
                self._publish()
                if old is not None:
                    self._drain(old)
                tell("The %s worker serves %s." % (name, os.path.basename(self.model)))
        except Stop:
            self.model = before
            if old_actions is not None:  # the workers not yet replaced go on calling it
                self._beside.append(old_actions)
            raise
        for name in [n for n in self.processes if n.startswith("rasa") and n not in names]:
            old = self.processes.pop(name)
            self.ports.pop(name)
            self._publish()
            self._drain(old)
            tell("The %s worker is gone." % name)
        if old_actions is not None:
            self._drain(old_actions)

    def _beside_until(self, name, own, at, path):
        """A second process beside the one of this name, once it says that it works."""
        fresh = self._launch(name, own)
        self._beside.append(fresh)
        end = time.monotonic() + READY_SECONDS
        while not self._answers(at, path):
            if fresh.poll() is not None:
                self._beside.remove(fresh)
                raise self._ended(name)
            if time.monotonic() > end:
                _signal(fresh, signal.SIGKILL)
                self._beside.remove(fresh)
                raise Stop("The new %s process did not start. The old one serves on." % name)
            time.sleep(0.3)
            self.look_after()
        self._beside.remove(fresh)
        return fresh

    def _drain(self, old):
        """End a process that gets no new turns: it finishes those it has."""
        self._beside.append(old)
        time.sleep(1)  # a turn given just before the list changed has arrived by now
        _signal(old, signal.SIGTERM)
        end = time.monotonic() + DRAIN_SECONDS
        while old.poll() is None and time.monotonic() < end:
            time.sleep(0.2)
            self.look_after()
        _signal(old, signal.SIGKILL)
        old.wait()
        self._beside.remove(old)

    def stop(self):
        """Stop everything: first a request, then by force; no process is left."""
        everything = list(self.processes.values()) + self._beside
        for process in everything:
            _signal(process, signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for process in everything:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            _signal(process, signal.SIGKILL)
            process.wait()
        running = running_file(self.folder)
        if running.is_file():
            running.unlink()

    def kill(self, name):
        """kill -9 one process (for tests)."""
        _signal(self.processes[name], signal.SIGKILL)
        self.processes[name].wait()


def _signal(process, number_):
    try:
        os.killpg(process.pid, number_)
    except ProcessLookupError:
        pass
