"""The frontdesk with Slack switched on: in this process, or as one that can be killed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from frontdesk_alone import (  # noqa: E402
    FrontdeskAlone,
    ScriptedBrain,
    StaffedFrontdesk,
    serving,
)

from frontdesk.app import make_app  # noqa: E402
from frontdesk.settings import Settings  # noqa: E402
from frontdesk.slack import pace  # noqa: E402
from tools.project import free_port  # noqa: E402


def settings(brain, folder, **more):
    """Of a frontdesk in this process."""
    from brain_stand_in import SECRET

    return Settings(
        _env_file=None, port=free_port(), data_dir=folder, rasa_port=brain.port,
        cp503_secret=SECRET, brain_timeout_seconds=2, firm_name="Harbor Tax",
        firm_phone="555-0142", **more,
    )  # fmt: skip


__all__ = [
    "FrontdeskAlone",
    "ScriptedBrain",
    "StaffedFrontdesk",
    "make_app",
    "pace",
    "serving",
    "settings",
]
