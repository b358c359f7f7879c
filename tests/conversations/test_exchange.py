"""What Rasa hands the frontdesk with its replies, in a real conversation: each datum on one reply."""

import json
import urllib.request
from datetime import date
from decimal import Decimal

from irs.assess import assess
from irs.told import from_json

AT = "2026-11-28T15:04:05+00:00"


class Talk:
    """One conversation with the worker itself, as the frontdesk has it."""

    def __init__(self, assistant, name):
        workers = json.loads((assistant.folder / "workers.json").read_text("utf-8"))["workers"]
        self.url = workers[0]["url"] + "/webhooks/frontdesk/turn"
        self.secret = (assistant.folder / "secret").read_text("utf-8").strip()
        self.name, self.turns = name, 0

    def say(self, text, payload=None, facts=None):
        self.turns += 1
        body = {"conversation": self.name, "message": f"{self.name}-{self.turns}", "text": text,
                "payload": payload, "at": AT, "masked": [], **({"facts": facts} if facts else {})}  # fmt: skip
        request = urllib.request.Request(
            self.url, json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=60) as answer:
            replies = json.load(answer)["replies"]
        assert all(reply["text"] for reply in replies), replies
        return replies

    def asked(self, text, payload=None, facts=None):
        """The data of the replies that have any, without what is known of the case."""
        found = [reply["data"] or {} for reply in self.say(text, payload, facts)]
        told = [{k: v for k, v in data.items() if k != "known"} for data in found]
        return [data for data in told if data]


def test_each_question_says_what_it_asks_and_the_result_carries_the_case(assistant):
    talk = Talk(assistant, "exchange-plan")
    talk.say("", "/get_started")
    (question,) = talk.say("find my payment plan")
    assert question["data"] == {"asks": "amount_owed"} and question["buttons"]
    assert talk.asked("why do you ask?", "/why_ask") == [{"asks": "amount_owed"}]
    assert talk.asked("is this an audit?")[-1] == {"asks": "amount_owed"}
    assert talk.asked("bananas and cream")[-1] == {"asks": "amount_owed"}
    assert talk.asked("12,000") == [{"asks": "days_to_pay"}]
    assert talk.asked("18 months") == [{"asks": "returns_filed"}]
    replies = talk.say("yes, all filed")
    assert [reply["data"] is not None for reply in replies] == [False] * (len(replies) - 1) + [True]
    data = replies[-1]["data"]
    assert replies[-1]["links"] and replies[-1]["buttons"]
    assert data["known"] == data["facts"]
    situation = from_json(data["facts"])
    assert situation.amount_owed == Decimal(12000) and situation.days_to_pay == 540
    found = assess(situation, date.fromisoformat(data["as_of"]))
    assert data["plan"] == found.plan == "long_term" and data["as_of"] == "2026-11-28"
    # Said once more, the same turn gives the same replies.
    talk.turns -= 1
    assert talk.say("yes, all filed") == replies
    assert talk.asked("make it more exact", "/finer") == [{"asks": "due_date"}]


def test_who_wants_a_person_is_handed_on_and_the_general_comparison_is_not_a_result(assistant):
    talk = Talk(assistant, "exchange-person")
    talk.say("", "/get_started")
    assert talk.asked("can i talk to a person") == [{"handoff": True}]
    assert talk.asked("find my payment plan") == [{"asks": "amount_owed"}]
    assert talk.asked("I'd rather not say", "/refuse") == []
    talk = Talk(assistant, "exchange-danger")
    talk.say("", "/get_started")
    assert talk.asked("i want to die") == [{"handoff": True, "distress": True}]


def test_what_an_advisor_found_out_is_known_and_not_asked_again(assistant):
    talk = Talk(assistant, "exchange-facts")
    talk.say("", "/get_started")
    talk.say("I owe 12000")
    talk.say("18 months")
    first = talk.asked("yes, all filed")[-1]
    assert first["facts"]["amount_owed"] == "12000.00"
    replies = talk.say("find my payment plan", facts={"amount_owed": "31250.00", "no_slot": 1})
    told = [reply["data"] for reply in replies if reply["data"]]
    assert told[-1]["facts"]["amount_owed"] == "31250.00" and "asks" not in str(told)
    talk.turns -= 1  # given again, as after a cut
    again = talk.say("find my payment plan", facts={"amount_owed": "31250.00", "no_slot": 1})
    assert again == replies
    # What they say themselves afterwards counts.
    assert talk.asked("no, I owe 14000")[-1]["facts"]["amount_owed"] == "14000.00"


def test_what_an_advisor_found_out_closes_an_open_question(assistant):
    talk = Talk(assistant, "exchange-facts-open")
    talk.say("", "/get_started")
    assert talk.asked("find my payment plan") == [{"asks": "amount_owed"}]
    known = {"amount_owed": "9000.00", "days_to_pay": 120}
    assert talk.asked("ok, go on", facts=known)[-1] == {"asks": "returns_filed"}
    found = talk.asked("yes, all filed")[-1]
    assert found["plan"] == "short_term" and found["facts"]["days_to_pay"] == 120
    # All of it known before the first question.
    talk = Talk(assistant, "exchange-facts-first")
    talk.say("", "/get_started")
    found = talk.asked("find my payment plan", facts={**known, "returns_filed": True})[-1]
    assert found["plan"] == "short_term" and found["facts"]["amount_owed"] == "9000.00"
    # And one that turned out not to be known is asked for.
    assert talk.asked("find my payment plan", facts={"days_to_pay": None})[-1] == {
        "asks": "days_to_pay"
    }
