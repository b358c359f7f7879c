"""``make run``: set up what is missing, train if need be, start, and stay until Ctrl-C."""

import signal

from tools import console
from tools.console import Step, tell
from tools.project import check_port, environment, port
from tools.setup import setup
from tools.supervisor import Supervisor
from tools.train import train


def _interrupt(number, frame):
    raise KeyboardInterrupt


def run():
    """Exit code 0 after Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell starts background jobs deaf to Ctrl-C
        signal.signal(number, _interrupt)
    env = environment()
    check_port(port(env, "PORT", 8080), env.get("HOST") or "127.0.0.1")
    setup()
    supervisor = Supervisor(train())
    try:
        with Step("Starting the assistant"):
            supervisor.start_all()
            supervisor.wait_ready()
        tell("")
        tell("  The CP503 assistant is at %s/" % supervisor.url)
        if supervisor.workers + supervisor.desks > 2:
            tell("  %d Rasa workers, %d frontdesk" % (supervisor.workers, supervisor.desks))
        tell("  Hand-over to a person: %s" % supervisor.report().get("handoff", "not known yet"))
        tell("  Data and logs: %s   Stop: Ctrl-C" % supervisor.folder)
        tell("")
        supervisor.watch()
    except KeyboardInterrupt:
        tell("\nStopping …")
    finally:
        supervisor.stop()
    tell("Stopped. Every conversation is kept.")
    return 0


if __name__ == "__main__":
    console.main(run)
