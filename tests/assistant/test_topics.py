"""Topic files: every answer reads well, and a broken file is named."""

import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.topics import FOLDER, TopicError, filled, read_topics, topic_before, topics

DAY = date(2026, 11, 24)
GOOD = """version: "3.1"
nlu:
- intent: faq/lien
  examples: |
    - lien?
topic:
  title: What is a lien?
  answer: |
    A claim. From {nftl_general_threshold}.
  references: [IRS-TC201]
  next: [plan, human]
"""
NEXT = """asked_next:
- says: "{says}"
  wordings: |
    {wording}
topic:"""


def test_answers_are_no_wall():
    counts = {t.name: len(t.text(DAY).split()) for t in topics().values()}
    assert max(counts.values()) <= 150
    assert sum(n < 90 for n in counts.values()) >= 0.8 * len(counts), counts


def test_answers_keep_the_language():
    for topic in topics().values():
        text = topic.text(DAY)
        assert not re.search(
            r"don't worry|no need to worry|we guarantee|will be approved", text, re.I
        ), topic.name
        assert "{" not in text and "None" not in text, topic.name
        assert len(topic.title) <= 45 and 2 <= len(topic.next) <= 4, topic.name


# Asked one way only, by the frightened; and what holds is said in the same breath.
PLAIN_NO = {"criminal_or_jail", "is_it_audit"}


def test_an_answer_fits_however_the_question_is_put():
    """ "Is there a penalty for paying early?" must not begin with the yes of "Can I pay early?"."""
    bare = re.compile(
        r"(?:yes|no|not|sometimes|usually not|mostly(?: yes)?|it may|maybe|never|always)\b(?! \w+ \w+ of)",
        re.I,
    )
    found = {t.name for t in topics().values() if bare.match(t.answer.strip())}
    assert found <= PLAIN_NO | {"irs_pauses"}, found - PLAIN_NO


def test_the_topic_before_is_the_latest_other_one():
    told = ["lien", "plan_fees:cost", "plan_fees", "direct_debit:To the Treasury."]
    assert topic_before(["direct_debit"], told) == "plan_fees"
    assert topic_before(["plan_fees", "direct_debit"], told) == "lien"
    assert topic_before(["lien"], ["lien#0.1", "lien"]) is None
    assert topic_before(["lien"], ["plan_fees", "what_is_cp503", "lien"]) == "plan_fees"
    assert topic_before([], []) is None


def test_no_figure_is_typed_in_an_answer():
    for topic in topics().values():
        typed = re.findall(
            r"\$\s?\d[\d,]*|\b\d+(?:\.\d+)?\s?(?:%|days|months|years|weeks)",
            "\n".join([topic.answer, *(asked.says for asked in topic.asked_next)]),
        )
        assert not typed, (topic.name, typed)


def test_what_is_said_to_what_is_asked_next_keeps_the_language():
    for topic in topics().values():
        for says in [*topic.follow_ups.values(), *(asked.says for asked in topic.asked_next)]:
            said = filled(topic.leads(says)[1] or "", DAY)
            assert len(said.split()) <= 60, (topic.name, says)
            assert not re.search(r"don't worry|we guarantee|will be approved", said, re.I), says


def test_no_wording_is_asked_of_two_things_after_an_answer():
    for topic in topics().values():
        wordings = [w.lower() for asked in topic.asked_next for w in asked.wordings]
        assert len(set(wordings)) == len(wordings), topic.name


def test_what_is_asked_next_leads_to_a_follow_up_a_topic_or_a_text(tmp_path):
    more = GOOD.replace("  next:", "  follow_ups: {time: Soon.}\n  next:")
    entries = NEXT.format(says="time", wording="- when\n    - how soon")
    (tmp_path / "lien.yml").write_text(more.replace("topic:", entries, 1))
    topic = read_topics(tmp_path)["lien"]
    assert topic.asked_next[0].wordings == ("when", "how soon")
    assert topic.leads("time") == (None, "Soon.") and topic.leads("lien") == ("lien", None)
    assert topic.leads("Yes.") == (None, "Yes.")


def test_what_states_a_rule_has_a_source():
    for topic in topics().values():
        if re.search(r"\{(?!firm_)", topic.answer):
            assert topic.references, topic.name


def test_each_topic_has_enough_examples_and_none_is_shared():
    seen = {}
    for path in sorted(Path(FOLDER).glob("*.yml")):
        examples = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))["nlu"][0]["examples"]
        lines = [
            line[2:].strip().lower() for line in examples.splitlines() if line.startswith("- ")
        ]
        assert len(lines) >= 25, path.name
        for line in lines:
            assert seen.setdefault(line, path.name) == path.name, line


def test_every_statement_of_the_guide_has_its_topic():
    needed = [
        "what_is_cp503",
        "what_cp503_shows",
        "why_received",
        "what_to_do_now",
        "confirm_balance",
        "pay_in_full",
        "partial_payment",
        "disagree_amount",
        "online_payment_agreement",
        "plan_prerequisites",
        "short_term_plan",
        "long_term_plan",
        "direct_debit",
        "form_9465",
        "ignore_consequences",
        "lien",
        "levy_garnish",
        "cp504_next_notice",
        "notice_sequence",
        "professional_help",
        "is_it_audit",
        "how_much_time",
        "payment_plan_can_i",
        "appeal_cap",
        "key_takeaways",
        "greeting",
        "thanks",
        "goodbye",
        "are_you_a_bot",
        "privacy",
        "talk_to_human",
        "out_of_scope",
    ]
    assert set(needed) <= set(topics())


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("  answer: |\n    A claim. From {nftl_general_threshold}.\n", "", "answer.*missing"),
        ("title: What is a lien?", "title: ''", "title.*missing"),
        ("{nftl_general_threshold}", "{nftl_treshold}", "nftl_treshold.*not in irs/parameters"),
        ("[IRS-TC201]", "[NOPE]", "NOPE is not in"),
        ("[plan, human]", "[plan, hooman]", "hooman.*no topic"),
        ("faq/lien", "faq/leen", "found faq/leen"),
        ("  title:", "  tilte: x\n  title:", "unknown field tilte"),
        ("topic:", "topik:", "part 'topic:'"),
        ("nlu:", "nlu: [", "expected the node content"),
        ("  title:", "  title: One\n  title:", "found duplicate key"),
        ("  next:", "  follow_ups: {prize: plan}\n  next:", "unknown follow-up prize"),
        ("  next:", "  follow_ups: {cost: plam}\n  next:", "plam is no topic"),
        ("topic:", "asked_next: [{says: Yes.}]\ntopic:", "has 'says' and 'wordings'"),
        ("topic:", NEXT.format(says="lean", wording="- how"), "lean is no topic"),
        ("topic:", NEXT.format(says="Yes.", wording="how"), "has no wordings"),
        ("topic:", NEXT.format(says="From {lein}.", wording="- how"), "lein.*not in irs/param"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, old, new, sentence):
    assert old in GOOD
    (tmp_path / "lien.yml").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(TopicError, match=r"data/faq/lien.yml, line \d+: .*" + sentence):
        read_topics(tmp_path)


def test_two_topics_of_one_title_are_named(tmp_path):
    (tmp_path / "lien.yml").write_text(GOOD)
    (tmp_path / "lien_two.yml").write_text(GOOD.replace("faq/lien", "faq/lien_two"))
    with pytest.raises(
        TopicError, match="lien_two.yml, line 7: the title 'What is a lien.'.*lien.yml"
    ):
        read_topics(tmp_path)


def test_a_file_whose_name_is_no_name(tmp_path):
    (tmp_path / "My Lien.yml").write_text(GOOD)
    with pytest.raises(TopicError, match="My Lien.yml: a topic's file is named in small letters"):
        read_topics(tmp_path)


def test_a_good_file(tmp_path):
    (tmp_path / "lien.yml").write_text(GOOD)
    assert read_topics(tmp_path)["lien"].text(DAY) == "A claim. From $10,000."
