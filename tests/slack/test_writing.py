"""Slack's marks read as they were meant, and our words within Slack's limits whatever they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_limits import broken_blocks

from frontdesk.ledger import Message
from frontdesk.slack import blocks, form, marks


@pytest.mark.parametrize(
    "wire, meant",
    [
        ("hello", "hello"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("<@U0BOT> is this an audit?", "is this an audit?"),
        ("<@U0BOT|cp503>   hi", "hi"),
        ("call <tel:800-829-1040|800-829-1040> now", "call 800-829-1040 now"),
        ("<tel:8008291040>", "8008291040"),
        ("see <https://www.irs.gov/x|the IRS page>", "see the IRS page"),
        ("<https://www.irs.gov>", "https://www.irs.gov"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<!here> help", "help"),
        ("<#C1|general>", "#general"),
        ("I owe \u201c12k\u201d, don\u2019t I\u2026", 'I owe "12k", don\'t I...'),
        (":sob: :sob:", "😭 😭"),
        (":not_an_emoji_name:", ":not_an_emoji_name:"),
        ("10:30 and 4:5", "10:30 and 4:5"),
        ("a &amp;lt; b", "a &lt; b"),
        ("", ""),
        ("<", "<"),
        ("<>", ""),
    ],
)
def test_marks_are_read_as_meant(wire, meant):
    assert marks.read(wire) == meant


@given(st.text(max_size=400))
def test_what_is_written_plainly_is_read_back(text):
    plain = marks.read(marks.write(text))
    assert marks.read(marks.write(plain)) == plain


def message(text, buttons=(), links=(), author="assistant", chosen=None):
    return Message(
        id="m-1", conversation_id="c-" + "x" * 24, seq=7, author=author, text=text, data=None,
        buttons=[{"title": t, "payload": "/x"} for t in buttons],
        links=[{"title": t, "url": u} for t, u in links], chosen=chosen,
    )  # fmt: skip


TEXT = st.text(max_size=12_000) | st.text("<>&\n ", max_size=9_000) | st.just("word " * 20_000)


@settings(max_examples=60)
@given(
    TEXT,
    st.lists(st.text(min_size=1, max_size=300), max_size=40),
    st.lists(st.tuples(st.text(min_size=1, max_size=200), st.text(max_size=200)), max_size=20),
    st.sampled_from(["assistant", "notice"]),
)
def test_blocks_are_within_slacks_limits_for_any_message(text, buttons, links, author):
    built = blocks.blocks(message(text, buttons, links, author))
    if built:
        assert broken_blocks(built) == []
    assert len(blocks.fallback(message(text))) <= 40_000


@given(TEXT)
def test_no_word_is_lost_where_a_text_is_cut(text):
    assert "".join("".join(blocks.parts(text)).split()) == "".join(text.split())


def test_links_with_other_schemes_are_words():
    built = blocks.blocks(
        message("see", links=[("x", "javascript:alert(1)"), ("y", "https://a|b")])
    )
    assert "<javascript" not in str(built) and "<https://a|b|" not in str(built)


def submitted(**values):
    given_ = {}
    for name, value in values.items():
        key = "selected_option" if name in ("time", "returns") else "value"
        given_[name] = {name: {key: {"value": value} if key == "selected_option" else value}}
    return {"state": {"values": given_}}


@pytest.mark.parametrize(
    "values, wrong",
    [
        ({}, {"amount", "time", "returns"}),
        ({"amount": "0", "time": "due", "returns": "yes"}, {"amount"}),
        ({"amount": "-5", "time": "due", "returns": "yes"}, {"amount"}),
        ({"amount": "12k", "time": "due", "returns": "yes"}, {"amount"}),
        ({"amount": "1e9", "time": "due", "returns": "yes"}, {"amount"}),
        ({"amount": "12000.123", "time": "due", "returns": "yes"}, {"amount"}),
        ({"amount": "12000", "time": "monthly", "returns": "yes"}, {"monthly"}),
        ({"amount": "12000", "time": "monthly", "monthly": "0", "returns": "yes"}, {"monthly"}),
        ({"amount": "12000", "time": "due", "monthly": "300", "returns": "yes"}, {"monthly"}),
        ({"amount": "12000", "time": "evil", "returns": "yes"}, {"time"}),
        ({"amount": "$12,000.50", "time": "180", "returns": "unsure"}, set()),
    ],
)
def test_the_form_says_what_is_wrong(values, wrong):
    found, text = form.read(submitted(**values))
    assert set(found) == wrong and bool(text) == (not wrong)
    for sentence in found.values():
        assert sentence.endswith(".")
