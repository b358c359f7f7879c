"""``make reload [WORKERS=n]``: the running assistant takes over the present files, without a pause."""

import json
import os
import time
import uuid

from tools import console
from tools.console import Step, Stop, tell
from tools.project import data_dir, environment, number, running_file, wanted_file, write_whole
from tools.setup import setup
from tools.train import train

MOST_SECONDS = 900
NOBODY = "Nothing is running with the data in %s. Start it with: make run"


def state(folder):
    """What the running supervisor last wrote down."""
    try:
        told = json.loads(running_file(folder).read_text())
        os.kill(told["supervisor"], 0)
    except (OSError, ValueError, KeyError):
        raise Stop(NOBODY % folder) from None
    return told


def reload(folder, model, workers=None, renew=True):
    """Ask the supervisor and wait until it is done."""
    wish = uuid.uuid4().hex
    told = {"id": wish, "model": str(model), "workers": workers, "renew": renew}
    write_whole(wanted_file(folder), json.dumps(told))
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        told = state(folder)
        if told["done"] == wish:
            if told["error"]:
                raise Stop("%s What served before serves on." % told["error"])
            return told
        time.sleep(0.3)
    raise Stop("The assistant did not take it over in %d s. See %s/logs." % (MOST_SECONDS, folder))


def run():
    """Only the number of workers changes when one is given that differs; else all is renewed."""
    env = environment()
    folder = data_dir(env)
    now = state(folder)
    workers = number(env, "WORKERS", len(now["workers"]))
    setup()
    model = train()
    renew = workers == len(now["workers"]) or now["model"] != str(model)
    with Step("Replacing the workers one by one" if renew else "Changing the number of workers"):
        told = reload(folder, model, workers, renew)
    tell("%d Rasa workers serve %s" % (len(told["workers"]), os.path.basename(told["model"])))
    return 0


if __name__ == "__main__":
    console.main(run)
