"""The cp503 command: its JSON, and one sentence for each bad option."""

import json

import pytest

from irs.command import main


def run(capsys, *words):
    try:
        code = main([*words])
    except SystemExit as stop:
        code = stop.code
    out = capsys.readouterr()
    return code, out.out, out.err


def test_json(capsys):
    code, out, _ = run(
        capsys, "plan", "--amount", "12000", "--days", "90", "--returns-filed", "yes",
        "--as-of", "2026-11-24", "--json",
    )  # fmt: skip
    found = json.loads(out)
    assert code == 0 and found["plan"] == "short_term"
    assert found["reasons"] and found["next_steps"] and found["references"][0]["title"]


def test_days_zero_is_in_full(capsys):
    _, out, _ = run(
        capsys, "plan", "--amount", "$1,200.50", "--days", "0", "--returns-filed", "yes", "--json"
    )
    assert json.loads(out)["plan"] == "pay_in_full"


def test_text_names_the_plan_and_the_sources(capsys):
    code, out, _ = run(
        capsys, "plan", "--amount", "20000", "--monthly", "400", "--returns-filed", "yes"
    )
    assert code == 0
    assert out.startswith("Long-term payment plan") and "about 50 months" in out and "as of" in out


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["plan", "--amount", "lots"], "not an amount above"),
        (["plan", "--amount", "-3"], "not an amount above"),
        (["plan", "--amount", "0"], "not an amount above"),
        (["plan", "--days", "1.5"], "not whole days"),
        (["plan", "--days=-1"], "not whole days"),
        (["plan", "--returns-filed", "perhaps"], "yes, no, unknown"),
        (["plan", "--as-of", "soon"], "not a date"),
        (["plan", "--due-date", "12/5"], "not a date"),
        (["plan", "--taxpayer", "cat"], "invalid choice"),
        (["parameters", "nonsense"], "no parameter named nonsense"),
        (["parameters", "interest_rate", "--as-of", "2027-02-01"], "no value is published"),
        ([], "required"),
    ],
)
def test_a_bad_option_gets_one_sentence(capsys, words, sentence):
    code, _, err = run(capsys, *words)
    assert code == 2 and sentence in err and len(err.strip().splitlines()) == 1


def test_parameters_lists_all(capsys):
    code, out, _ = run(capsys, "parameters", "--as-of", "2026-11-24")
    assert code == 0 and "short_term_limit: $100,000 since" in out and "not confirmed" in out


def test_one_parameter_as_json(capsys):
    _, out, _ = run(capsys, "parameters", "short_term_limit", "--json")
    assert json.loads(out)[0]["text"] == "$100,000"
