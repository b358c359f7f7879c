"""make replay: good lines are played, bad ones named."""

import json
import subprocess
import sys

import pytest

from tools.project import ROOT, environment
from tools.replay import read_cases
from tools.stack import shared_assistant
from tools.visitor import reply_text


def test_bad_lines_are_named_with_their_number_and_the_rest_is_read():
    lines = [
        '{"id": "a", "text": "hi"}', "", "not json", '{"text": "no id"}', '{"id": "b"}',
        '{"id": "c", "turns": [{"user": "one"}, {"user": "two"}]}', '{"id": "a", "text": "again"}',
        '{"id": "d", "turns": [{"usr": "x"}]}', "[1]",
    ]  # fmt: skip
    cases, complaints = read_cases(lines)
    assert cases == [("a", ["hi"]), ("c", ["one", "two"])]
    assert [c.split(":")[0] for c in complaints] == [
        "Line 3",
        "Line 4",
        "Line 5",
        "Line 7",
        "Line 8",
        "Line 9",
    ]


def test_a_reply_is_text_then_buttons_then_links():
    message = {
        "text": "Hello",
        "buttons": [{"title": "A"}, {"title": "B"}],
        "links": [{"title": "IRS", "url": "https://www.irs.gov"}],
    }
    assert reply_text(message) == "Hello\nA\nB\nIRS"


def replay(tmp_path, lines, url):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines))
    env = environment()
    done = subprocess.run(
        [sys.executable, "-m", "tools.replay", source, out, "--url", url], cwd=ROOT, env=env,
        capture_output=True, text=True,
    )  # fmt: skip
    return done, [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []


def test_conversations_are_played_each_on_its_own(tmp_path):
    lines = [json.dumps({"id": f"q{n}", "text": "is this an audit?"}) for n in range(10)]
    lines.append(
        json.dumps(
            {
                "id": "plan",
                "turns": [
                    {"user": "find my payment plan"},
                    {"user": "6,400"},
                    {"user": "two months"},
                    {"user": "yes"},
                ],
            }
        )
    )
    done, found = replay(tmp_path, [*lines, "broken"], shared_assistant().url)
    assert done.returncode == 1 and "Line 12: is not JSON" in done.stderr
    by_id = {f["id"]: f for f in found}
    assert len(by_id) == 11
    plan = by_id["plan"]
    assert len(plan["replies"]) == len(plan["ms"]) == 4 and all(ms > 0 for ms in plan["ms"])
    assert "short-term payment plan fits" in "\n".join(plan["replies"][3])
    assert not any(
        "I'm a bot that explains" in reply for f in found for turn in f["replies"] for reply in turn
    )


def test_nothing_running_is_one_sentence(tmp_path):
    done, _ = replay(tmp_path, ['{"id": "a", "text": "x"}'], "http://127.0.0.1:9")
    assert done.returncode == 1 and "make run" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_file_is_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tools.replay", tmp_path / "none", tmp_path / "out"], cwd=ROOT,
        env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and "No such file" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["x" * 2001, ""])
def test_what_the_gate_refuses_is_in_the_replies(tmp_path, text):
    done, found = replay(
        tmp_path,
        [json.dumps({"id": "a", "turns": [{"user": text}, {"user": "is it an audit"}]})],
        shared_assistant().url,
    )
    assert done.returncode == 0 and len(found[0]["replies"]) == 2
    assert "not sent" in found[0]["replies"][0][0] or "nothing to send" in found[0]["replies"][0][0]
