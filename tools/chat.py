"""``make chat``: talk in the terminal to the running assistant."""

import asyncio
import sys

from tools.project import site_url
from tools.visitor import NoAnswer, NotTaken, Visitor


async def chat(url: str) -> int:
    """Until an empty line or Ctrl-D; a number taps that button of the last reply."""
    async with Visitor(url) as visitor:
        for message in visitor.messages.values():
            _show(message)
        last = max(visitor.messages)
        while True:
            try:
                text = (await asyncio.to_thread(input, "\nyou> ")).strip()
            except EOFError:
                return 0
            if not text:
                return 0
            buttons = visitor.messages[last]["buttons"]
            try:
                if text.isdigit() and 0 < int(text) <= len(buttons):
                    turn = await visitor.choose(last, int(text) - 1)
                else:
                    turn = await visitor.say(text)
            except NotTaken as refused:
                print(refused)
                continue
            for reply in turn.replies:
                _show(reply)
                last = int(reply["seq"])


def _show(message: dict[str, object]) -> None:
    print(f"\n{message['text']}")
    for number, button in enumerate(message["buttons"], 1):  # type: ignore[arg-type,var-annotated]
        print(f"  [{number}] {button['title']}")
    for link in message["links"]:  # type: ignore[attr-defined]
        print(f"  {link['title']}: {link['url']}")


if __name__ == "__main__":
    try:
        address = sys.argv[1] if len(sys.argv) > 1 else site_url()
        sys.exit(asyncio.run(chat(address)))
    except NoAnswer as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)
