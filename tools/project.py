"""Where things are, and the settings as the tools see them: the environment, then ``.env``."""

import os
import secrets
import socket
from pathlib import Path

from tools.console import Stop

ROOT = Path(__file__).resolve().parent.parent
RASA_PYTHON = ROOT / ".venv" / "bin" / "python"
DESK_PYTHON = ROOT / "frontdesk" / ".venv" / "bin" / "python"
MODELS = ROOT / "models"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}


def read_env_file(path):
    """The settings of a ``.env`` file: NAME=value lines, # comments, optional quotes."""
    found = {}
    if not path.is_file():
        return found
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name = name.replace("export ", "", 1).strip()
        if not equals or not name.replace("_", "").isalnum():
            raise Stop(
                "%s, line %d is not NAME=value. Mend that line and start again."
                % (path.name, number)
            )
        value = value.strip()
        if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
            value = value[1:-1]
        else:
            value = value.split(" #")[0].strip()
        found[name] = value
    return found


def environment(extra=None):
    """The environment for every process of ours."""
    env = dict(read_env_file(ROOT / ".env"))
    # make hands on an empty PORT where none was given: that is no setting.
    env.update({name: value for name, value in os.environ.items() if value or name not in env})
    env.update(QUIET)
    env.update(extra or {})
    drop = ["PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT"]
    # Without cached bytecode each start would compile two thousand modules again.
    drop += ["PYTHONDONTWRITEBYTECODE"]
    # pyenv tells its children which Python they run under; each folder is to choose its own.
    drop += ["PYENV_VERSION", "PYENV_DIR"]
    for name in drop:
        env.pop(name, None)
    return env


def port(env, name, default):
    """A port setting as a number."""
    text = env.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop("%s is %r; it must be a number from 1 to 65535." % (name, text), 2)
    return int(text)


def number(env, name, default, most=64):
    """A count among the settings."""
    text = env.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) <= most:
        raise Stop("%s is %r; it must be a number from 1 to %d." % (name, text, most), 2)
    return int(text)


def site_url(env=None):
    """The running assistant's address by the settings."""
    return "http://127.0.0.1:%d" % port(env or environment(), "PORT", 8080)


def data_dir(env):
    """DATA_DIR as an absolute path, made if need be."""
    folder = Path(env.get("DATA_DIR") or "var")
    folder = folder if folder.is_absolute() else ROOT / folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def running_file(folder):
    """Who works now: written by the supervisor, read by the frontdesk and ``make reload``."""
    return folder / "workers.json"


def wanted_file(folder):
    """What ``make reload`` wishes of the supervisor."""
    return folder / "wanted.json"


def write_whole(path, text):
    """Replace a small file at once: who reads it sees the old or the new one, never a half."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(str(fresh), str(path))


def shared_secret(folder, env):
    """The secret the processes share: from the environment, else made once in DATA_DIR."""
    if env.get("CP503_SECRET"):
        return env["CP503_SECRET"]
    path = folder / "secret"
    if not path.is_file():
        fresh = folder / "secret.new"
        with os.fdopen(
            os.open(str(fresh), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as file:
            file.write(secrets.token_urlsafe(32))
        os.replace(str(fresh), str(path))
    return path.read_text().strip()


def free_port():
    """A loopback port nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_port(number, host="127.0.0.1"):
    """Stop with a sentence when a port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            raise Stop(
                "Port %d is taken by another program. Stop that program, or start with another "
                "port: make run PORT=%d" % (number, number + 1),
                3,
            ) from None
