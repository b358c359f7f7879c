"""A short message after an answer means what the answered topic says it means, or nothing."""

from actions import follow_ups
from actions.follow_ups import follow_up
from actions.understanding import Turn
from assistant.topics import Topic

TOPICS = {
    "debit": Topic("debit", "t", "Yes. Money.\n\nBecause it is safer.\n\nAsk.", next=("fees", "online"),
                   follow_ups={"cost": "fees", "why": "It is safer, so it is cheaper."}),
    "fees": Topic("fees", "t", "It costs.", next=("debit",)),
    "online": Topic("online", "t", "At irs.gov.", next=("debit",)),
    "lien": Topic("lien", "t", "A claim."),
}  # fmt: skip


def turn(aspect, topics=(), confidence=0.3, nearest=(), **more):
    return Turn(
        "faq", confidence, topics=list(topics), certain=confidence >= 0.4, nearest=list(nearest),
        aspect=aspect, **more,
    )  # fmt: skip


def test_what_the_topic_leads_to(monkeypatch):
    monkeypatch.setattr(follow_ups, "topics", lambda: TOPICS)
    assert follow_up(["debit"], turn("cost")) == ("fees", None)
    assert follow_up(["debit"], turn("why")) == ("debit", "It is safer, so it is cheaper.")
    # The last of several answers is the one meant; an earlier one where the last says nothing.
    assert follow_up(["debit", "lien"], turn("cost")) == ("fees", None)


def test_a_neighbour_stands_in_where_the_topic_says_nothing(monkeypatch):
    monkeypatch.setattr(follow_ups, "topics", lambda: TOPICS)
    assert follow_up(["debit"], turn("how", nearest=["lien", "online"])) == ("online", None)
    assert follow_up(["debit"], turn("how", nearest=["lien"])) is None
    assert follow_up(["fees"], turn("why")) == ("fees", "It costs.")


def test_what_stands_alone_leans_on_nothing(monkeypatch):
    monkeypatch.setattr(follow_ups, "topics", lambda: TOPICS)
    assert follow_up([], turn("cost")) is None
    assert follow_up(["plan"], turn("cost")) is None
    assert follow_up(["debit"], turn(None)) is None
    assert follow_up(["debit"], turn("cost", topics=["lien"], confidence=0.95)) is None
    assert follow_up(["debit"], turn("cost", topics=["fees"], confidence=0.95)) == ("fees", None)
    assert follow_up(["debit"], turn("cost", facts={"amount_owed": "5"})) is None
