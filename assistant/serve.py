"""Rasa as the supervisor runs it: loopback only, the action server called with the shared secret.

The same as ``rasa run`` with the project's endpoints and credentials, but for two things that must
not stand in a file: the action server's port and the secret.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from typing import Any

# Matrices of one message are small: the threads of the linear algebra only wait for each other, and
# take the cores from the other processes. It reads this when it is first imported.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
# The same of the tokenizer, whose threads would take longer to wake than a message takes to cut up.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from rasa.core.run import serve_application  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.utils.common import configure_logging_and_warnings  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402

from assistant.action_endpoint import ActionEndpoint  # noqa: E402
from assistant.graph_runner import StraightRunner  # noqa: E402
from assistant.quicker import make_quicker  # noqa: E402

# New objects before Python looks for garbage (its own: 700, 10, 10); a turn makes thousands.
GARBAGE = (20_000, 20, 50)


async def _ready_or_ended(app: Any, _: Any) -> None:
    """Rasa serves on without a model when loading it fails; here that ends the process.

    With one, the process is made ready to serve: what was loaded is set apart from what turns make.
    """
    if app.ctx.agent is None or not app.ctx.agent.is_ready():
        print("The model could not be loaded; the reason is in the lines above.", flush=True)
        os._exit(4)
    # What is loaded by now stays for good. Looking through it for garbage again and again made every
    # hundredth answer wait for some 300 ms.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    processor = app.ctx.agent.processor
    processor.graph_runner = StraightRunner.of(processor.graph_runner)


def main() -> int:
    """Serve ``--model`` on RASA_HOST:RASA_PORT; the host is loopback but in a container."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="a trained model, models/….tar.gz")
    chosen = parser.parse_args()
    secret = os.environ.get("CP503_SECRET")
    if not secret:
        print("CP503_SECRET is not set. Start the assistant with: make run", file=sys.stderr)
        return 2

    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.action = ActionEndpoint(
        url=os.environ.get("ACTION_URL")
        or f"http://127.0.0.1:{os.environ.get('ACTION_PORT', '5055')}/webhook",
        headers={"Authorization": f"Bearer {secret}"},
    )
    os.environ.pop("SANIC_WORKERS", None)  # the locks are this process's
    # Rasa's debug lines hold what a person wrote; nothing below a warning is logged.
    configure_logging_and_warnings(log_level=logging.WARNING)
    configure_structlog(logging.WARNING)
    make_quicker()
    serve_application(
        chosen.model,
        interface=os.environ.get("RASA_HOST") or "127.0.0.1",
        port=int(os.environ.get("RASA_PORT", "5005")),
        credentials="credentials.yml",
        endpoints=endpoints,
        enable_api=False,
        server_listeners=[(_ready_or_ended, "after_server_start")],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
