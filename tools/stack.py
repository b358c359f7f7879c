"""The whole assistant for tests: real processes, free ports, data of their own."""

import atexit
import contextlib
import shutil
import tempfile

from tools.project import free_port
from tools.supervisor import Supervisor
from tools.train import train


@contextlib.contextmanager
def running_assistant(extra=None):
    """Yields a started Supervisor (``url``, ``folder``, ``kill``, ``start``); stops it at the end."""
    folder = tempfile.mkdtemp(prefix="cp503-")
    settings = {
        "PORT": str(free_port()),
        "DATA_DIR": folder,
        "RASA_PORT": "",
        "ACTION_PORT": "",
        "CP503_SECRET": "",
        "SLACK_BOT_TOKEN": "",
        "FIRM_NAME": "Harbor Tax",
        "FIRM_PHONE": "555-0142",
    }
    settings.update(extra or {})
    supervisor = Supervisor(train(), settings)
    try:
        supervisor.start_all()
        supervisor.wait_ready()
        yield supervisor
    finally:
        supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


_shared = []


def shared_assistant():
    """One assistant for a whole test run, stopped when the run ends."""
    if not _shared:
        context = running_assistant()
        _shared.append(context.__enter__())
        atexit.register(context.__exit__, None, None, None)
    return _shared[0]
