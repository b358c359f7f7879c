"""``make train``: a model for the present data and configuration, whole or not at all."""

import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tarfile
import time

from tools import console
from tools.console import DISK_FULL, Step, Stop, no_space
from tools.project import MODELS, RASA_PYTHON, ROOT, environment
from tools.setup import setup

KEPT = 3  # older models stay for going back
# The fits make and drop matrices of 40 MB by the thousand. Kept by the C library (glibc reads these) instead
# of given back each time, they need not be mapped anew: a sixth of a training.
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "4294967295",
    "MALLOC_TRIM_THRESHOLD_": "4294967295",
    "MALLOC_TOP_PAD_": "67108864",
}
_PART = re.compile(r"Starting to train component '(\w+)'")


def training_part(path):
    """What training sees of a file: of a topic not its answer, so that wording needs no training."""
    text = path.read_text("utf-8")
    return text.split("\ntopic:", 1)[0] if path.parent.name == "faq" else text


def fingerprint(root=ROOT):
    """Names the model that fits the present files."""
    files = [root / "config.yml", root / "domain.yml", root / "uv.lock"]
    files += sorted((root / "data").rglob("*.yml"))
    files += sorted((root / "assistant" / "nlu").glob("*.py"))
    total = hashlib.sha256()
    for path in files:
        total.update(
            str(path.relative_to(root)).encode() + b"\0" + training_part(path).encode() + b"\0"
        )
    return total.hexdigest()[:12]


def model_path():
    """Where the fitting model is, or will be."""
    return MODELS / ("cp503-%s.tar.gz" % fingerprint())


def whole(path):
    """Whether a model archive can be read to its end."""
    try:
        with tarfile.open(str(path)) as archive:
            return any(m.name.endswith("metadata.json") for m in archive.getmembers())
    except (OSError, EOFError, tarfile.TarError):
        return False


def _runs(number):
    """Whether a process with this number runs: another training, which is to be left alone."""
    try:
        os.kill(int(number), 0)
    except ValueError:
        return False
    except OSError as error:
        return error.errno == errno.EPERM
    return int(number) != os.getpid()


def clean_up():
    """Remove what an interrupted training left, and models past the newest few."""
    for left in MODELS.glob(".training-*"):
        if not _runs(left.name.rpartition("-")[2]):
            shutil.rmtree(str(left), ignore_errors=True)
    models = sorted(MODELS.glob("cp503-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in models[KEPT:]:
        old.unlink()


class DataCheck:
    """Looks for a broken file beside the training, whose start is on one core anyway."""

    def __init__(self):
        self._process = subprocess.Popen(
            [str(RASA_PYTHON), "-m", "tools.check_data"], cwd=str(ROOT), env=environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
        )  # fmt: skip

    def running(self):
        """Whether it still looks."""
        return self._process.poll() is None

    def finish(self):
        """Stop with the name and line of a broken file."""
        out, err = self._process.communicate()
        if self._process.returncode:
            said = (out.strip() or err.strip()).splitlines()
            raise Stop(said[-1] if said else "The data could not be checked.")


def check_data():
    """Stop with the name and line of a broken file."""
    DataCheck().finish()


def train(force=False):
    """The path of a fitting model; trains it when there is none."""
    target = model_path()
    if target.is_file() and not force:
        return target
    MODELS.mkdir(exist_ok=True)
    clean_up()
    check = DataCheck()
    work = MODELS / (".training-%d" % os.getpid())
    work.mkdir()
    log = work / "log.txt"
    try:
        with Step("Training the assistant (about a minute)") as step:
            code = _rasa_train(work, log, step, check)
        said = log.read_text("utf-8", "replace")
        made = work / "model.tar.gz"
        if code or not whole(made):
            if no_space(said):
                raise Stop(DISK_FULL.format(what="training"))
            lines = [line for line in said.splitlines() if line.strip()]
            raise Stop(
                "Training failed: %s. The model in use, if any, is unchanged."
                % " / ".join(lines[-3:])[-600:]
            )
        os.replace(str(made), str(target))
    finally:
        shutil.rmtree(str(work), ignore_errors=True)
    clean_up()
    return target


def _rasa_train(work, log, step, check):
    # Always by force: Rasa's own cache looks at the source of a component, not of what it imports.
    command = [
        str(RASA_PYTHON), "-m", "rasa", "train", "--out", str(work), "--fixed-model-name", "model",
        "--force", "--skip-validation",  # `make lint` validates; here it would double the time
    ]  # fmt: skip
    # All cores: in training the encoder has them to itself, in serving it shares them with Rasa.
    env = environment(dict(KEEP_MEMORY, ENCODER_THREADS=str(os.cpu_count() or 1)))
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=str(ROOT), env=env, stdout=file, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            while process.poll() is None or check is not None:
                if check is not None and (not check.running() or process.poll() is not None):
                    # A broken file is named by its line here, whatever Rasa makes of it.
                    check.finish()
                    check = None
                time.sleep(0.5)
                parts = _PART.findall(log.read_text("utf-8", "replace"))
                step.detail = parts[-1] if parts else "reading the data"
        finally:
            if process.poll() is None:  # interrupted: nothing of it may go on
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    return process.returncode


def main():
    """Set up, then train."""
    setup()
    if model_path().is_file():
        console.tell("The model fits the present data: %s" % model_path().relative_to(ROOT))
        return 0
    console.tell("Trained: %s" % train().relative_to(ROOT))
    return 0


if __name__ == "__main__":
    console.main(main)
