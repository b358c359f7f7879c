"""The facts an advisor would see of a conversation, read from the running assistant's own ledger."""

from decimal import Decimal

from frontdesk.handoff import facts
from frontdesk.ledger import Database, address


async def on_the_desk(assistant, conversation):
    """{fact: value} as the case panel lists them, without what was only assumed."""
    database = Database(address(assistant.folder))
    try:
        listed = await database.run(
            lambda db: facts.sources(facts.tellings(db, [conversation]).get(conversation, []), {})
        )
    finally:
        await database.close()
    return {one["fact"]: one["value"] for one in listed if one["from"] == "visitor"}


def differing(expected, found):
    """{fact: (expected, found)} where they are not the same; amounts are compared as numbers."""
    return {
        name: (value, found.get(name))
        for name, value in expected.items()
        if _plain(value) != _plain(found.get(name))
    }


def _plain(value):
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value
