"""The systems that are compared: stock Rasa's own bot, stock Rasa on our data, and ours."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from tools.console import Step, Stop
from tools.project import RASA_PYTHON, ROOT, environment, free_port
from tools.supervisor import Supervisor
from tools.train import fingerprint

KEPT = ROOT / ".rasa" / "bench"  # trained stock models, so that only the first run trains them
# What Rasa 3.6 puts into an empty config.yml, but for the epochs: at 100 each, our 21,000 examples take
# hours, and how long a model was trained says nothing about how fast it answers.
STOCK_CONFIG = """recipe: default.v1
assistant_id: stock
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 1
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: 1
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies:
- name: MemoizationPolicy
- name: RulePolicy
- name: UnexpecTEDIntentPolicy
  max_history: 5
  epochs: 1
- name: TEDPolicy
  max_history: 5
  epochs: 1
  constrain_similarities: true
"""
STOCK_ENDPOINTS = 'action_endpoint:\n  url: "http://127.0.0.1:%s/webhook"\n'
READY_SECONDS = 600

OUR_TURNS = [
    "is this an audit?",
    "how long do i have",
    "can i pay monthly i owe 12k",
    "18 months",
    "what if i ignore it",
    "yes all filed",
    "wait, it's 52,000",
    "thanks",
]
STOCK_TURNS = [
    "hello",
    "i am very sad",
    "yes",
    "not really",
    "are you a bot?",
    "i feel great now",
    "no",
    "bye",
]


class Stock:
    """A stock Rasa: trained, started, stopped. ``our_data`` puts our domain and data into it."""

    def __init__(self, our_data):
        self.our_data = our_data
        self.name = "stock, our data" if our_data else "stock"
        self.door = {"door": "rest", "turns": OUR_TURNS if our_data else STOCK_TURNS}
        self.processes = {}
        version = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()[:12]
        self.folder = KEPT / (("data-" + fingerprint()) if our_data else ("init-" + version))

    def train(self):
        """Seconds of training; remembered with the model."""
        note = self.folder / "trained.json"
        if note.is_file():
            return json.loads(note.read_text())["seconds"]
        shutil.rmtree(str(self.folder), ignore_errors=True)
        self.folder.mkdir(parents=True)
        what = "Training %s Rasa (once; ten minutes or more)" % self.name
        with Step(what):
            if self.our_data:
                for name in ("data", "actions", "assistant"):
                    shutil.copytree(str(ROOT / name), str(self.folder / name))
                shutil.copy(str(ROOT / "domain.yml"), str(self.folder / "domain.yml"))
                (self.folder / "config.yml").write_text(STOCK_CONFIG)
            else:
                self._run("init", "--no-prompt", "--init-dir", ".")
                shutil.rmtree(str(self.folder / "models"), ignore_errors=True)
                shutil.rmtree(str(self.folder / ".rasa"), ignore_errors=True)
            begun = time.monotonic()
            self._run("train", "--force", *(["--skip-validation"] if self.our_data else []))
            seconds = time.monotonic() - begun
        note.write_text(json.dumps({"seconds": seconds}))
        return seconds

    def _run(self, *words):
        done = subprocess.run(
            [str(RASA_PYTHON), "-m", "rasa"] + list(words), cwd=str(self.folder),
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, universal_newlines=True, errors="replace",
        )  # fmt: skip
        if done.returncode:
            raise Stop("rasa %s failed: %s" % (words[0], done.stdout.strip()[-400:]))

    def start(self):
        """Seconds until it answers."""
        begun = time.monotonic()
        port, actions = free_port(), free_port()
        self.door["url"] = "http://127.0.0.1:%d" % port
        # The `rasa init` bot names no channel and no store: `rest` and memory, as a beginner has it.
        (self.folder / "credentials.yml").write_text("rest:\n")
        (self.folder / "endpoints.yml").write_text(STOCK_ENDPOINTS % actions)
        if self.our_data:
            self._start("actions", "run", "actions", "--port", str(actions))
        self._start("rasa", "run", "--port", str(port), "--interface", "127.0.0.1")
        end = begun + READY_SECONDS
        body = json.dumps({"sender": "ready", "message": self.door["turns"][0]}).encode()
        while time.monotonic() < end:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise Stop("%s: %s ended; see %s." % (self.name, name, self.folder / "log.txt"))
            request = urllib.request.Request(
                self.door["url"] + "/webhooks/rest/webhook",
                body,
                {"Content-Type": "application/json"},
            )
            with contextlib.suppress(OSError, ValueError):
                with urllib.request.urlopen(request, timeout=60) as answer:
                    if json.load(answer):
                        return time.monotonic() - begun
            time.sleep(0.3)
        raise Stop("%s did not start within %d s." % (self.name, READY_SECONDS))

    def _start(self, name, *words):
        with (self.folder / "log.txt").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(RASA_PYTHON), "-m", "rasa"] + list(words), cwd=str(self.folder),
                env=environment(), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip

    def stop(self):
        """End its processes."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def pids(self):
        """Its processes by name."""
        return {name: process.pid for name, process in self.processes.items()}


class Ours:
    """The assistant as ``make run`` starts it, asked at Rasa's own door."""

    name = "ours"

    def __init__(self, model, folder):
        settings = {
            "PORT": str(free_port()),
            "DATA_DIR": str(folder),
            "RASA_PORT": "",
            "ACTION_PORT": "",
            "CP503_SECRET": "",
            # The benchmark is one address with more visitors than a person is let have.
            "MESSAGES_PER_10_SECONDS": "100000",
            "NEW_VISITORS_PER_MINUTE": "100000",
        }
        self.supervisor = Supervisor(model, settings)
        self.door = {
            "door": "turn", "turns": OUR_TURNS, "secret": self.supervisor.env["CP503_SECRET"],
            "url": "http://127.0.0.1:" + self.supervisor.env["RASA_PORT"],
        }  # fmt: skip
        self.page = {"door": "socket", "turns": OUR_TURNS, "url": self.supervisor.url}

    def start(self):
        """Seconds until a question at the page's door is answered."""
        begun = time.monotonic()
        self.supervisor.start_all()
        self.supervisor.wait_ready(READY_SECONDS)
        return time.monotonic() - begun

    def stop(self):
        """End its processes."""
        self.supervisor.stop()

    def pids(self):
        """Its processes by name."""
        return {name: process.pid for name, process in self.supervisor.processes.items()}


def cpu_seconds(pids):
    """CPU time that processes have used, or None where that can't be read (not Linux)."""
    total = 0.0
    for pid in pids:
        path = Path("/proc/%d/stat" % pid)
        if not path.is_file():
            return None
        fields = path.read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total
