"""The evaluation itself: a judge that errs would make every other figure worthless."""

import json

import pytest

from assistant import phrases
from assistant.topics import topics
from tools.quality.cases import OUTSIDE, SINGLE, held_apart, read_case
from tools.quality.judge import REFUSED, RIGHT, WRONG, judge, said
from tools.quality.release import change, last, save
from tools.quality.run import Result
from tools.quality.stats import bins, calibration_error, fell, interval
from tools.quality.tally import Tally
from tools.quality.typos import with_typos

TODAY = __import__("datetime").date.today()


def case(kind=SINGLE, **fields):
    line = {"id": "x", "text": "is it an audit", "must_any": [["not an audit"]], **fields}
    return read_case(json.dumps(line), kind)


def answer(name):
    return topics()[name].text(TODAY)


def test_right_wrong_and_refused():
    assert judge(case(), [["No, it is not an audit."]]).verdict == RIGHT
    assert judge(case(), [["Yes, an audit."]]).verdict == WRONG
    assert judge(case(), [[phrases.UNSURE.format(did_you_mean="")]]).verdict == REFUSED
    assert judge(case(), [[answer("out_of_scope")]]).verdict == REFUSED
    assert judge(case(), []).verdict == REFUSED


def test_an_answer_that_asks_back_is_never_confidently_wrong():
    doubt = phrases.NOT_CERTAIN.format(title="Can I pay?")
    wrong = judge(case(), [[doubt + "\n\nYes, monthly."]])
    right = judge(case(), [[doubt + "\n\nIt is not an audit."]])
    assert (wrong.verdict, right.verdict, right.asked_back) == (REFUSED, RIGHT, True)


def test_what_must_not_be_said_and_walls_of_text():
    assert judge(case(must_not=["jail"]), [["not an audit, but jail"]]).verdict == WRONG
    assert judge(case(), [["not an audit " + "word " * 200]]).verdict == WRONG


def test_out_of_scope_is_right_only_when_nothing_is_claimed():
    outside = case(OUTSIDE, must_any=[])
    assert judge(outside, [[answer("out_of_scope")]]).verdict == RIGHT
    assert judge(outside, [[answer("other_taxes")]]).verdict == RIGHT
    assert judge(outside, [[answer("lien")]]).verdict == WRONG
    assert judge(outside, [["How much do you owe in total?"]]).verdict == WRONG


def test_a_turn_is_judged_by_its_own_reply():
    turns = [{"user": "a"}, {"user": "why?", "must_any": [["because"]]}]
    found = read_case(json.dumps({"id": "f", "turns": turns}), "follow-ups")
    assert judge(found, [["because"], ["no"]]).verdict == WRONG
    assert judge(found, [["no"], ["because"]]).verdict == RIGHT


def test_the_topics_of_a_reply_are_recognised():
    assert said(answer("lien") + "\n\n" + answer("passport")) == ("lien", "passport")


def test_intervals_hold_the_share_and_shrink():
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(97, 100) == pytest.approx((0.915, 0.990), abs=0.002)  # published Wilson values
    low, high = interval(970, 1000)
    assert 0.955 < low < 0.97 < high < 0.98


def test_a_fall_is_one_when_it_is_no_luck():
    before = {str(n): True for n in range(100)}
    assert fell(before, {**before, "1": False})[2] == 0.5
    assert fell(before, {**before, **{str(n): False for n in range(8)}})[2] < 0.01
    mixed = {**before, "1": False}
    assert fell({**before, "2": False}, mixed) == (1, 1, 0.75)


def test_confidence_that_is_as_true_as_it_says():
    confidences, right = [0.05] * 20 + [0.95] * 20, [False] * 19 + [True] + [True] * 19 + [False]
    assert calibration_error(confidences, right) == pytest.approx(0.0, abs=1e-9)
    assert [n for _, _, n in bins(confidences, right)] == [20, 20]
    assert calibration_error([1.0] * 4, [True, False, False, False]) == pytest.approx(0.75)


def test_typos_are_the_same_each_time_and_leave_figures_alone():
    text = "can i pay 12,000 monthly because i lost my job"
    assert with_typos(text) == with_typos(text) != text
    assert "12,000" in with_typos(text)
    assert sum(with_typos(c.text) != c.text for c in held_apart() if c.kind == SINGLE) > 500


def test_what_changed_since_the_release(tmp_path):
    def result(name, reply):
        found = case(id=name)
        return Result(found, [[reply]], judge(found, [[reply]]))

    file = tmp_path / "last.json"
    assert last(file) == {}
    save([result("a", "not an audit"), result("b", "no idea")], file)
    now = [result("a", "yes"), result("b", "not an audit"), result("new", "yes")]
    assert change(now, last(file)) == (["a"], ["b"], False)


def test_a_wrong_answer_counts_three_times():
    found = case()
    replies = ["not an audit", "yes", phrases.UNSURE]
    tally = Tally.of([Result(found, [[r]], judge(found, [[r]])) for r in replies])
    assert (tally.right, tally.wrong, tally.refused) == (1, 1, 1)
    assert tally.score == pytest.approx((1 - 3 - 1) / 3)
