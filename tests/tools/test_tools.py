"""The tools around the assistant: settings, fingerprints, clear sentences, no process left."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import train as training
from tools.console import Stop
from tools.project import (
    RASA_PYTHON,
    ROOT,
    check_port,
    environment,
    port,
    read_env_file,
    shared_secret,
)
from tools.stack import running_assistant
from tools.train import fingerprint, whole


def test_env_file(tmp_path):
    path = tmp_path / ".env"
    path.write_text(
        '# comment\nPORT=9000\nexport FIRM_NAME="Harbor & Co"\nFIRM_PHONE=555 # main\n\nEMPTY=\n'
    )
    assert read_env_file(path) == {
        "PORT": "9000",
        "FIRM_NAME": "Harbor & Co",
        "FIRM_PHONE": "555",
        "EMPTY": "",
    }
    path.write_text("PORT 9000\n")
    with pytest.raises(Stop, match="line 1 is not NAME=value"):
        read_env_file(path)


@pytest.mark.parametrize("value", ["eighty", "0", "70000", "-1"])
def test_a_wrong_port_is_named(value):
    with pytest.raises(Stop, match="PORT is .* must be a number"):
        port({"PORT": value}, "PORT", 8080)


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Stop, match=f"Port {number} is taken.*make run PORT={number + 1}"):
            check_port(number)


def test_make_run_on_a_taken_port_stops_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "tools.run"], cwd=ROOT, capture_output=True, text=True,
            env=environment({"PORT": str(taken.getsockname()[1])}),
        )  # fmt: skip
    assert done.returncode == 3 and len(done.stderr.strip().splitlines()) == 1


def test_the_secret_is_made_once_and_is_private(tmp_path):
    first = shared_secret(tmp_path, {})
    assert shared_secret(tmp_path, {}) == first and len(first) > 30
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert shared_secret(tmp_path, {"CP503_SECRET": "mine"}) == "mine"


@pytest.fixture
def project(tmp_path):
    for name in ("config.yml", "domain.yml", "uv.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("data", "assistant"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_fingerprint_follows_what_training_sees(project):
    before = fingerprint(project)
    assert before == fingerprint(ROOT)
    lien = project / "data" / "faq" / "lien.yml"
    lien.write_text(lien.read_text().replace("A lien is a public claim", "A lien is an open claim"))
    assert fingerprint(project) == before  # a new wording needs no training
    lien.write_text(
        lien.read_text().replace(
            "  examples: |\n", "  examples: |\n    - a new question on liens\n"
        )
    )
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "file, text, sentence",
    [
        ("data/faq/lien.yml", "version: [", "data/faq/lien.yml, line 1 is not valid YAML"),
        (
            "data/nlu/plan.yml",
            "nlu:\n- intent: plan\n  examples: |\n - x\n",
            "data/nlu/plan.yml, line",
        ),
        ("domain.yml", "a: b: c", "domain.yml, line 1"),
        ("data/rules/plan.yml", "", "data/rules/plan.yml is empty"),
    ],
)
def test_a_broken_file_is_named_with_its_line(project, file, text, sentence):
    (project / file).write_text(text)
    done = subprocess.run(
        [RASA_PYTHON, "-m", "tools.check_data", project], cwd=ROOT, env=environment(),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and sentence in done.stdout and "Traceback" not in done.stderr


def test_an_interrupted_training_leaves_no_model(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "MODELS", tmp_path)
    monkeypatch.setattr(training, "fingerprint", lambda: "abc")

    def interrupted(work, log, step, check):
        log.write_text("half")
        (work / "model.tar.gz").write_bytes(b"half a model")
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "_rasa_train", interrupted)
    with pytest.raises(KeyboardInterrupt):
        training.train()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "log, sentence",
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("YamlError: bad", "Training failed: YamlError: bad"),
    ],
)
def test_a_failed_training_says_why_and_leaves_no_model(tmp_path, monkeypatch, log, sentence):
    monkeypatch.setattr(training, "MODELS", tmp_path)
    monkeypatch.setattr(training, "fingerprint", lambda: "abc")

    def failed(work, log_file, step, check):
        log_file.write_text(log)
        (work / "model.tar.gz").write_bytes(b"half a model")
        return 1

    monkeypatch.setattr(training, "_rasa_train", failed)
    with pytest.raises(Stop, match=sentence):
        training.train()
    assert list(tmp_path.iterdir()) == []


def test_a_cut_archive_is_not_whole(tmp_path):
    real = training.model_path()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(real.read_bytes()[: real.stat().st_size // 2])
    assert whole(real) and not whole(cut) and not whole(tmp_path / "none")


def _children(folder):
    """Processes of ours that serve from a data folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DATA_DIR={folder}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


_KEEP_RUNNING = """
import sys, time
from tools.stack import running_assistant
with running_assistant() as started:
    print(started.folder, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_no_process_is_left_behind(number):
    process = subprocess.Popen(
        [sys.executable, "-c", _KEEP_RUNNING],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    folder = process.stdout.readline().strip()
    assert len(_children(folder)) >= 3
    os.kill(process.pid, number)
    process.wait(30)
    end = time.monotonic() + 20
    while _children(folder) and time.monotonic() < end:
        time.sleep(0.2)
    assert _children(folder) == []
    shutil.rmtree(folder, ignore_errors=True)


def test_a_process_that_cannot_start_is_named():
    with pytest.raises(Stop, match="The rasa process ended while starting"):
        with running_assistant({"ENCODER_THREADS": "not a number"}):
            pass


def test_what_another_training_is_writing_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "MODELS", tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for number in (gone.pid, os.getppid(), os.getpid()):
        (tmp_path / (".training-%d" % number)).mkdir()
    training.clean_up()
    assert [path.name for path in tmp_path.iterdir()] == [".training-%d" % os.getppid()]
