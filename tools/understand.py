"""What the trained model makes of messages: JSON lines in (a string each), JSON lines out.

Runs in the Rasa environment, without a server: for the calibration and the confusions of `make eval`.
Each line out: {"text", "intent", "confidence", "topics", "certain", "ranking": [[topic, share], …]}.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Any, Dict

from rasa.core.agent import Agent

from tools.train import model_path


async def understand(agent: Agent, text: str) -> Dict[str, Any]:
    """One message as the dialogue gets it."""
    found = await agent.parse_message(text)
    return {
        "text": text,
        "intent": found["intent"]["name"],
        "confidence": found["intent"]["confidence"],
        "topics": found.get("topics") or [],
        "certain": bool(found.get("certain")),
        "nearest": found.get("nearest") or [],
    }


async def main() -> None:
    """Read all of standard input, answer on standard output."""
    agent = Agent.load(str(model_path()))
    for line in sys.stdin:
        print(json.dumps(await understand(agent, json.loads(line))), flush=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(main())
