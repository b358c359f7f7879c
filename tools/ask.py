"""Asks one question at the website's door and prints the answer; exit code 1 without one."""

import asyncio
import sys

from tools.visitor import NoAnswer, Visitor

QUESTION = "Is CP503 an audit?"


async def ask(url: str, question: str) -> str:
    """The joined replies to a question."""
    async with Visitor(url) as visitor:
        turn = await visitor.say(question)
        return "\n".join(turn.texts)


if __name__ == "__main__":
    try:
        answer = asyncio.run(ask(sys.argv[1], QUESTION))
    except NoAnswer as error:
        print(error)
        sys.exit(1)
    print(answer)
    sys.exit(0 if "not an audit" in answer else 1)
