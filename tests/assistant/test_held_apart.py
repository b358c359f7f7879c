"""Nothing is scored on what was trained on: no evaluation text is a training example, or nearly one."""

import json
import math
import re
from collections import Counter
from difflib import SequenceMatcher

import pytest
from ruamel.yaml import YAML

from assistant.topics import FOLDER, topics

ROOT = FOLDER.parent.parent
SETS = sorted((ROOT / "tests" / "eval").glob("*.jsonl"))
NEAR = 0.9
SHARED_WORDS = 0.6  # of the longer one: texts that share fewer words are never nearly equal
STYLES = {
    "", "plain", "formal", "slang", "typos", "fragment", "story", "negation", "angry", "afraid",
    "second_language", "caps", "indirect", "list", "buried", "run_on",
}  # fmt: skip


def words(text):
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def trained():
    found = {}
    for path in sorted((ROOT / "data").rglob("*.yml")):
        part = path.read_text("utf-8").split("\ntopic:", 1)[0]
        for intent in YAML(typ="safe", pure=True).load(part).get("nlu") or ():
            for line in intent["examples"].splitlines():
                if line.startswith("- "):
                    found[words(line[2:])] = path.name
    found |= {words(w): topic.name for topic in topics().values() for w in asked_next(topic)}
    several = ROOT / "benchmarks" / "several.jsonl"  # the encoder was tuned on them
    for case in cases(several):
        said = [text for _, text in case["parts"]]
        for text in (" ".join(said), *said):
            if len(words(text).split()) > 3:
                found[words(text)] = several.name
    return found


def asked_next(topic):
    return [wording for asked in topic.asked_next for wording in asked.wordings]


def cases(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def held_apart():
    for path in SETS:
        for case in cases(path):
            # Turns of a conversation such as "yes" and "stop" are nobody's words in particular,
            # and so are very short messages.
            if "text" in case and len(words(case["text"]).split()) > 3:
                yield case["id"], words(case["text"])


def near(one, other):
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() > NEAR and matcher.ratio() > NEAR


def test_no_question_was_trained_on():
    examples = {example: (set(example.split()), file) for example, file in trained().items()}
    by_word = {}
    for example, (bag, _) in examples.items():
        for word in bag:
            by_word.setdefault(word, []).append(example)
    found = []
    for name, text in held_apart():
        own = set(text.split())
        # Of so many words at least one is shared by every text that shares enough: the rarest do.
        telling = sorted(own, key=lambda word: len(by_word.get(word, ())))
        telling = telling[: len(own) - math.ceil(SHARED_WORDS * len(own)) + 1]
        for example in {e for word in telling for e in by_word.get(word, ())}:
            bag, file = examples[example]
            if len(own & bag) >= SHARED_WORDS * max(len(own), len(bag)) and near(text, example):
                found.append((name, text, file))
    assert found == []


def test_no_follow_up_was_trained_on():
    trained_on = {words(w) for topic in topics().values() for w in asked_next(topic)}
    for case in cases(ROOT / "tests" / "eval" / "follow_ups.jsonl"):
        for turn in case["turns"][1:]:
            text = words(turn["user"])
            assert text not in trained_on, (case["id"], text)
            if len(text.split()) > 3:
                assert not [w for w in trained_on if near(text, w)], (case["id"], text)


@pytest.mark.parametrize(
    "name, least",
    [
        ("questions.jsonl", 150),
        ("questions_notice_plans.jsonl", 200),
        ("questions_money_people.jsonl", 200),
        ("questions_all_topics.jsonl", 300),
        ("several.jsonl", 50),
        ("several_all_topics.jsonl", 50),
        ("out_of_scope.jsonl", 140),
        ("follow_ups.jsonl", 40),
        ("conversations.jsonl", 30),
    ],
)
def test_the_sets_are_well_formed(name, least):
    found = cases(ROOT / "tests" / "eval" / name)
    assert len(found) >= least
    for case in found:
        parts = [case.get("expect", case), *case.get("turns", ())]
        assert name == "out_of_scope.jsonl" or any(part.get("must_any") for part in parts), case
        for part in parts:
            patterns = [p for group in part.get("must_any") or () for p in group]
            for pattern in patterns + (part.get("must_not") or []):
                re.compile(pattern)
        assert case.get("style", "") in STYLES, case


def test_no_id_comes_twice_and_every_topic_is_one():
    found = [case for path in SETS for case in cases(path)]
    assert [i for i, n in Counter(c["id"] for c in found).items() if n > 1] == []
    for case in found:
        if case["id"][0] in "nms":
            asked = case.get("topics") or [case["topic"]]
            assert set(asked) | set(case.get("also") or ()) <= set(topics()), case


def test_every_topic_is_asked_for():
    asked = {t for p in SETS for c in cases(p) for t in c.get("topics") or [c.get("topic")]}
    silent = {
        "gibberish",
        "goodbye",
        "out_of_scope",
        "other_taxes",
        "cannot_see_account",
        "spanish",
    }
    assert set(topics()) - asked <= silent
