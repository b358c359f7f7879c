"""Nothing is scored on what was trained on: no evaluation text is a training example, or nearly one."""

import json
import re
from difflib import SequenceMatcher

import pytest
from ruamel.yaml import YAML

from assistant.topics import FOLDER

ROOT = FOLDER.parent.parent
NEAR = 0.9


def words(text):
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def trained():
    found = {}
    for path in sorted((ROOT / "data").rglob("*.yml")):
        for intent in YAML(typ="safe", pure=True).load(path.read_text("utf-8")).get("nlu") or ():
            for line in intent["examples"].splitlines():
                if line.startswith("- "):
                    found[words(line[2:])] = path.name
    return found


def held_apart():
    for name in ("questions.jsonl", "conversations.jsonl"):
        for line in (ROOT / "tests" / "eval" / name).read_text("utf-8").splitlines():
            case = json.loads(line)
            # Turns of a conversation such as "yes" and "stop" are nobody's words in particular.
            texts = [case["text"]] if "text" in case else [t["user"] for t in case["turns"]]
            yield from (
                (case["id"], words(t))
                for t in texts
                if "text" in case and len(words(t).split()) > 2
            )


def test_no_question_was_trained_on():
    examples = trained()
    near = [
        (name, text, example)
        for name, text in held_apart()
        for example in examples
        if abs(len(text) - len(example)) <= 0.15 * len(text)
        and SequenceMatcher(None, text, example, autojunk=False).quick_ratio() > NEAR
        and SequenceMatcher(None, text, example, autojunk=False).ratio() > NEAR
    ]
    assert near == []


@pytest.mark.parametrize("name, least", [("questions.jsonl", 150), ("conversations.jsonl", 30)])
def test_the_sets_are_well_formed(name, least):
    cases = [
        json.loads(x) for x in (ROOT / "tests" / "eval" / name).read_text("utf-8").splitlines()
    ]
    assert len(cases) >= least and len({c["id"] for c in cases}) == len(cases)
    for case in cases:
        expect = case.get("expect", case)
        assert expect["must_any"]
        for pattern in [p for group in expect["must_any"] for p in group] + expect["must_not"]:
            re.compile(pattern)
