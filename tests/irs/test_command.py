"""The cp503 command: what it prints, one sentence for whatever is wrong, and quiet endings."""

import csv
import io
import json
import os
import runpy
import subprocess
import sys
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import irs.command
from irs.command import main, tables
from irs.command.facts import LISTED, SUSPENSION, Kind
from irs.figures import Reference, parameters
from irs.schedule import NeverClears
from irs.situation import FACTS, Situation, Suspension

AS_OF = ("--as-of", "2026-11-24")
FILED = ("--returns-filed", "yes", *AS_OF)
LONG = ("--amount", "12000", "--days", "400", *FILED)


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch):
    """80 columns and no colour, whatever terminal the tests run in."""
    for name in ("FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def run(capsys):
    def ask(*words):
        try:
            code = main([*words])
        except SystemExit as stop:
            code = stop.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return ask


@pytest.fixture
def shows(run):
    """The output of a command that must succeed."""

    def ask(*words):
        code, out, err = run(*words)
        assert (code, err) == (0, "")
        return out

    return ask


@pytest.fixture
def refuses(run):
    """The one sentence of a command that must fail."""

    def ask(*words):
        code, out, err = run(*words)
        assert code == 2 and out == ""
        assert err.startswith("cp503: ") and err.endswith("\n") and err.count("\n") == 1
        assert "Traceback" not in err and err.rstrip()[-1] in ".?"
        return err

    return ask


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "situation.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return ("--file", str(path))

    return write


def told(shows, *words):
    """The facts a command understood."""
    return json.loads(shows("plan", *AS_OF, "--json", *words))["facts"]


class TestPlan:
    def test_it_has_every_part(self, shows):
        out = shows("plan", *LONG, "--tax-year", "2024")
        for part in (
            "Long-term payment plan", "Why\n", "Ways to pay", "Pay in full", "$12,000.00",
            "each month", "Set-up fee", "cheapest", "easiest", "What is estimated",
            "Taken as usual", "a personal account", "--strict", "Next steps\n1. ", "Where: ",
            "When: ", "Takes: ", "Have ready: ", "Papers to have", "All the ways to deal",
            "open", "depends", "not open", "Deadlines", "Could open or close a way",
            "--hardship: ", "Changes only the figures", "Sources", "(as of ", "https://",
            "not legal or tax advice",
        ):  # fmt: skip
            assert part in out, part

    def test_it_fits_80_columns_and_has_no_colour_in_a_pipe(self, shows):
        out = shows("plan", *LONG)
        assert out.isascii() and "\x1b" not in out
        for line in out.splitlines():
            assert len(line) <= 80 or "https://" in line
            assert line == line.rstrip()

    def test_without_strict_it_says_what_it_took_as_usual(self, shows):
        assert "Taken as usual" in shows("plan", *LONG)
        strict = shows("plan", *LONG, "--strict")
        assert "Taken as usual" not in strict and "Could change what fits" in strict

    def test_what_was_told_is_not_taken_as_usual(self, shows):
        found = json.loads(shows("plan", *LONG, "--bankruptcy", "no", "--json"))
        assert "bankruptcy" not in found["assumed"] and "levy_in_place" in found["assumed"]

    def test_an_urgent_referral_comes_before_the_money(self, shows):
        out = shows("plan", *LONG, "--hearing-notice-date", "2026-11-10")
        assert out.index("Talk to a professional") < out.index("Next steps") and "Today: " in out
        assert "Ways to pay" not in out

    def test_another_referral_comes_after_it(self, shows):
        out = shows("plan", "--amount", "60000", *FILED)
        assert out.index("Ways to pay") < out.index("Talk to a professional")
        assert "Today: " not in out

    def test_a_passed_due_date_is_noted(self, shows):
        out = shows("plan", *LONG, "--due-date", "2026-11-01")
        assert "Please note" in out and "(passed)" in out

    def test_no_amount_and_no_ways(self, shows):
        assert "Ways to pay" not in shows("plan", *FILED)

    def test_another_person_who_acts_is_named(self, shows):
        out = shows("plan", "--taxpayer", "business", "--payroll-tax", "yes", *FILED)
        assert "Who: the business" in out

    def test_nothing_left_to_ask_or_do_has_no_heading(self, capsys):
        def write(page):
            page.steps([])
            page.deadlines([])
            page.references([])
            page.points("Nothing", [])

        tables.show(write)
        assert capsys.readouterr().out == ""

    def test_a_source_without_an_address(self, capsys):
        tables.show(lambda page: page.references([Reference("K", "A book", None, "2026")]))
        assert capsys.readouterr().out == "\nSources\n- A book (as of 2026)\n"

    def test_a_split_without_the_amount(self, shows):
        assert "Next steps" in shows("plan", "--tax", "8000", "--penalty", "500", *FILED)

    def test_today_is_the_default(self, shows):
        found = json.loads(shows("plan", "--json"))
        assert found["as_of"] == date.today().isoformat()


class TestCompare:
    def test_ways_and_waiting_only(self, shows):
        out = shows("compare", *LONG)
        assert "Monthly plan" in out and "What waiting costs" in out and "30 days" in out
        assert "Next steps" not in out

    def test_five_ways_stand_side_by_side(self, shows):
        heads = next(line for line in shows("compare", *LONG).splitlines() if "Pay in full" in line)
        assert "Short-term" in heads and heads.count("Monthly plan") == 3

    def test_nothing_is_marked_where_nothing_is_open(self, shows):
        out = shows(
            "compare", "--amount", "20000", "--monthly", "40", "--assessed-on", "2020-01-01",
            "--returns-filed", "yes", *AS_OF,
        )  # fmt: skip
        assert "Cheapest costs least" not in out and "always" in out

    def test_another_path_comes_first(self, shows):
        out = shows("compare", *LONG[:-2], "--returns-filed", "no", *AS_OF)
        assert "File the missing returns first: no ways are compared" in out
        assert "Cheapest" not in out and "What waiting costs" in out

    def test_a_narrow_terminal_gets_them_one_below_the_other(self, shows, monkeypatch):
        monkeypatch.setenv("COLUMNS", "44")
        out = shows("compare", *LONG)
        assert "Payment     $12,000.00\n" in out and out.count("How often") == 5

    def test_no_amount(self, shows):
        out = shows("compare", *FILED)
        assert "once the amount is known" in out and "What waiting costs" not in out

    def test_a_business(self, shows):
        out = shows("compare", "--amount", "5000", "--taxpayer", "business", *FILED)
        assert "by phone" in out and "90 days" in out


class TestSchedule:
    def rows(self, text):
        return list(csv.DictReader(io.StringIO(text)))

    def test_a_table(self, shows):
        out = shows("schedule", "--amount", "5000", "--monthly", "400", *FILED)
        assert out.startswith("$400 a month (monthly)\n") and "Tax left" in out
        assert "  1  2026-12-24  5,000.00" in out and "--way in_full" in out

    def test_csv(self, shows):
        out = shows("schedule", "--amount", "5000", "--monthly", "400", *FILED, "--csv")
        head = "number,date,opening,interest,penalty,payment,closing,tax_left"
        assert out.splitlines()[0] == head and "\r" not in out
        rows = self.rows(out)
        assert rows[0]["opening"] == "5000.00" and rows[-1]["closing"] == "0.00"
        for before, row in zip(rows, rows[1:]):
            assert before["closing"] == row["opening"]

    def test_json_has_the_same_rows(self, shows):
        asked = ("schedule", "--amount", "5000", "--monthly", "400", *FILED)
        found = json.loads(shows(*asked, "--json"))
        rows = self.rows(shows(*asked, "--csv"))
        assert [{k: str(v) for k, v in row.items()} for row in found["rows"]] == rows
        assert found["id"] == "monthly" and found["payments"] == len(rows)

    def test_so_many_months(self, shows):
        out = shows("schedule", "--amount", "5000", "--months", "12", *FILED, "--csv")
        assert len(self.rows(out)) == 12
        assert "1 payment on" in shows("schedule", "--amount", "5000", "--months", "1", *FILED)

    @pytest.mark.parametrize(
        "words, id",
        [
            (("--way", "lowest"), "lowest"),
            (("--way", "own_pace", "--monthly", "400"), "own_pace"),
            (("--days", "0"), "in_full"),
            (("--days", "90"), "short_term"),
            (("--days", "900"), "own_pace"),
            ((), "form_pace"),
        ],
    )
    def test_the_way(self, shows, words, id):
        found = json.loads(shows("schedule", "--amount", "5000", *FILED, *words, "--json"))
        assert found["id"] == id

    def test_a_business_has_one_too(self, shows):
        out = shows(
            "schedule", "--amount", "9000", "--taxpayer", "business", "--months", "12", *FILED
        )
        assert "All amounts are estimates" in out and "Other ways" not in out

    def test_large_amounts_are_not_cut(self, shows):
        out = shows("schedule", "--amount", "999999999.99", "--months", "2", *FILED)
        assert "999,999,999.99" in out and "..." not in out

    @pytest.mark.parametrize(
        "words, sentence",
        [
            ((), "needs the amount"),
            (("--amount", "60000", "--monthly", "5"), "does not pay the balance off"),
            (("--amount", "600", "--way", "own"), "only in_full, short_term"),
            (("--amount", "600", "--way", "lowst"), "did you mean lowest?"),
            (("--amount", "600", "--way", "lowest", "--months", "3"), "one of them"),
            (("--amount", "600", "--monthly", "50", "--months", "3"), "one of them"),
            (("--amount", "600", "--months", "0"), "1 to 600"),
            (("--amount", "600", "--months"), "--months needs a whole number"),
            (("--amount", "600", "--way"), "--way needs the id of a way"),
            (("--amount", "600", "--csv", "--json"), "one of them"),
            (("--amount", "600", "--taxpayer", "business"), "--monthly or --months"),
            (("--amount", "600", "--due-date", "2000-01-01"), "too long ago"),
        ],
    )
    def test_what_cannot_be_shown(self, refuses, words, sentence):
        assert sentence in refuses("schedule", *words, *FILED)


class TestDeadlines:
    def test_by_date(self, shows):
        out = shows(
            "deadlines", "--notice-date", "2026-11-01", "--levy-notice-date", "2026-11-10",
            "--hearing-notice-date", "2026-11-12", *FILED,
        )  # fmt: skip
        assert "Dec 12, 2026" in out and "from\nNov 10, 2026" not in out
        assert "[set by law or IRS procedure]" in out and "no set day" in out

    def test_a_range(self, shows):
        out = shows("deadlines", "--notice-date", "2026-11-01", *FILED)
        assert "\nto " in out and "[how it mostly goes]" in out

    def test_json_names_every_source(self, shows):
        found = json.loads(shows("deadlines", "--notice-date", "2026-11-01", *FILED, "--json"))
        keys = {source["key"] for source in found["references"]}
        assert {key for each in found["deadlines"] for key in each["references"]} == keys


class TestParameters:
    def test_the_list(self, shows):
        out = shows("parameters", *AS_OF)
        assert all(f"{name}: " in out for name in parameters())
        assert "short_term_limit: $100,000 since" in out and "not confirmed" in out
        assert "But $22 in" in out and "family of 8: " in out and "each further person: " in out

    def test_the_list_says_in_words_what_is_not_published(self, shows):
        out = shows("parameters", "--as-of", "2027-02-01")
        assert "interest_rate\n" in out and "no value is published for 2027-02-01" in out

    def test_one_that_is_not_published_alone(self, refuses):
        for form in ((), ("--json",)):
            said = refuses("parameters", "interest_rate", "--as-of", "2027-02-01", *form)
            assert "no value is published" in said

    def test_a_table_before_its_first_day(self, shows):
        found = json.loads(shows("parameters", "--as-of", "2025-12-31", "--json"))
        table = next(each for each in found if each["by"])
        assert table["table"] is None and "no value is known" in table["unpublished"]

    def test_json(self, shows):
        (found,) = json.loads(shows("parameters", "fee_online_direct_debit", *AS_OF, "--json"))
        assert found["value"] == "29.00" and found["text"] == "$29"
        assert found["conflicts"][0]["text"] == "$22"
        (rate,) = json.loads(shows("parameters", "interest_rate", *AS_OF, "--json"))
        assert rate["value"] == "7" and rate["until"] == "2026-12-31"
        (phone,) = json.loads(shows("parameters", "irs_phone_individual", *AS_OF, "--json"))
        assert phone["value"] == "800-829-1040"

    def test_stale(self, shows):
        out = shows("parameters", "--stale", "30", "--as-of", "2027-11-24")
        assert "interest_rate" in out and "2026-11-24" in out and "365" in out
        found = json.loads(shows("parameters", "--stale", "30", "--as-of", "2027-11-24", "--json"))
        assert {"name", "checked_on", "age_days", "label"} == set(found[0])

    def test_nothing_stale(self, shows):
        out = shows("parameters", "--stale", "9999", *AS_OF)
        assert out.startswith("No parameter was last checked more than 9999 days")

    @pytest.mark.parametrize(
        "words, sentence",
        [
            (("nonsense",), "cp503 parameters lists all"),
            (("intrest_rate",), "did you mean interest_rate?"),
            (("interest_rate", "--stale", "3"), "leave the NAME out"),
            (("--stale", "x"), "whole number of days"),
            (("--stale",), "--stale needs a whole number"),
            (("a", "b"), "'b' belongs to no option"),
            (("--stal", "3"), "did you mean --stale?"),
            (("--amount", "3"), "has no option '--amount'"),
        ],
    )
    def test_what_cannot_be_listed(self, refuses, words, sentence):
        assert sentence in refuses("parameters", *words)


class TestOptions:
    def test_every_fact_is_an_option(self):
        assert {fact.name for fact in LISTED} == {*FACTS, "suspensions"}
        assert {f.name for f in fields(Situation)} == {*FACTS, "suspensions", "assumed"}

    @pytest.mark.parametrize("fact", LISTED, ids=lambda fact: fact.name)
    def test_every_option_is_read(self, shows, fact):
        text, value = self.sample(fact.kind)
        whole = () if fact.name == "amount_owed" else ("--amount", "5000")
        assert told(shows, *whole, fact.option, text)[fact.name] == value
        if fact.kind is not SUSPENSION:
            assert told(shows, fact.option, "unknown", "--strict")[fact.name] is None

    def sample(self, kind: Kind):
        return {
            "USD": ("1,200.50", "1200.50"),
            "DAYS": ("90", 90),
            "YEAR": ("2023", 2023),
            "PERSONS": ("3", 3),
            "DATE": ("2026-10-01", "2026-10-01"),
            "yes|no": ("Yes", True),
            "XX": ("tx", "TX"),
        }.get(kind.metavar) or self.other_sample(kind)

    def other_sample(self, kind: Kind):
        if kind is SUSPENSION:
            return "offer:2024-03-01:2024-09-30:refused", [
                {"kind": "offer", "began": "2024-03-01", "ended": "2024-09-30", "refused": True}
            ]
        last = kind.metavar.split("|")[-1]
        return last, last.replace("-", "_")

    @pytest.mark.parametrize("text", ["$1,200.50", "1200.5", "$1200.50", "1,200.50", " 1200.50 "])
    def test_amounts(self, shows, text):
        assert told(shows, "--amount", text)["amount_owed"] == "1200.50"

    def test_the_long_names(self, shows):
        found = told(
            shows, "--amount-owed", "9000", "--days-to-pay", "90", "--monthly-payment", "80"
        )  # fmt: skip
        assert (found["amount_owed"], found["days_to_pay"]) == ("9000.00", 90)
        assert found["monthly_payment"] == "80.00"

    def test_below_zero_where_it_can_be(self, shows):
        assert told(shows, "--monthly-left", "-80")["monthly_left"] == "-80.00"
        assert told(shows, "--monthly-left=-$80")["monthly_left"] == "-80.00"

    def test_suspensions_repeat(self, shows):
        found = told(shows, "--suspension", "abroad:2020-01-01", "--suspension=offer:2024-03-01")
        assert [each["ended"] for each in found["suspensions"]] == [None, None]

    @pytest.mark.parametrize(
        "value",
        [
            "lots",
            "-3",
            "0",
            "nan",
            "inf",
            "1e5",
            "1.234",
            "12k",
            "",
            "1000000000",
            "1,2,3",
            "1.",
            "٣٤",
            "9" * 5000,
            "$",
            "1 2",
        ],
    )
    def test_bad_amounts(self, refuses, value):
        said = refuses("plan", f"--amount={value}")
        assert "--amount: " in said and "such as 12000 or $1,200.50" in said and len(said) < 200

    @pytest.mark.parametrize(
        "option, value, sentence",
        [
            ("--due-date", "2026-13-40", "written as 2026-11-24"),
            ("--due-date", "12/5", "written as 2026-11-24"),
            ("--due-date", "20261205", "written as 2026-11-24"),
            ("--due-date", "0001-01-01", "from 1990 to 2100"),
            ("--as-of", "soon", "written as 2026-11-24"),
            ("--days", "1.5", "whole number of days"),
            ("--days", "-1", "whole number of days"),
            ("--days", "99999", "0 to 36500"),
            ("--days", "9" * 5000, "0 to 36500"),
            ("--tax-year", "23", "a year from 1990"),
            ("--family-size", "0", "1 to 30"),
            ("--taxpayer", "cat", "individual or business"),
            ("--channel", "fax", "online, phone, mail or in-person"),
            ("--existing-plan", "yes", "none, in-effect or defaulted"),
            ("--returns-filed", "perhaps", "yes, no or unknown"),
            ("--state", "Texas", "two letters"),
            ("--monthly-left", "lots", "150 or -80"),
            ("--tax", "-1", "from $0"),
            ("--suspension", "offer", "KIND:FROM"),
            ("--suspension", "holiday:2024-01-01", "KIND:FROM"),
            ("--suspension", "offer:2024-01-01:2023-01-01", "dates in order"),
            ("--suspension", "offer:2024-01-01:never", "dates in order"),
            ("--suspension", "offer:2024-01-01:2024-02-01:2024-03-01", "dates in order"),
            ("--suspension", "offer:refused", "dates in order"),
        ],
    )
    def test_bad_values(self, refuses, option, value, sentence):
        said = refuses("plan", f"{option}={value}")
        assert sentence in said and f"{option}: " in said

    @pytest.mark.parametrize(
        "words, sentence",
        [
            ((), "give a command first: plan, compare, schedule, deadlines or parameters."),
            (("plann",), "did you mean plan?"),
            (("--json", "plan"), "not '--json'"),
            (("plan", "--amout", "5"), "did you mean --amount?"),
            (("plan", "--amout=5"), "did you mean --amount?"),
            (("plan", "--amoun", "5"), "did you mean --amount?"),
            (("plan", "--zzz"), "see cp503 plan --help"),
            (("plan", "--way", "lowest"), "has no option '--way'"),
            (("plan", "extra"), "'extra' belongs to no option"),
            (("plan", "--json=5"), "--json takes no value"),
            (("plan", "--amount"), "--amount needs an amount"),
            (("plan", "--amount-owed"), "--amount needs an amount"),
            (("plan", "--amount", "--json"), "--amount needs an amount"),
            (("plan", "--file"), "--file needs the path"),
            (("plan", "--amount", "5\n6"), r"'5\n6' is not an amount"),
            (("plan", "--amount", "5", "--tax", "7"), "add up to $7.00"),
            (("plan", "--amount", "5", "--pay-now", "7"), "more than amount_owed"),
            (("plan", "--as-of", "2020-01-01"), "The rules held here begin on"),
        ],
    )
    def test_bad_words(self, refuses, words, sentence):
        assert sentence in refuses(*words)

    @pytest.mark.parametrize("command", ["plan", "compare", "schedule", "deadlines", "parameters"])
    def test_help(self, shows, command):
        out = shows(command, "--help")
        assert out.startswith(f"usage: cp503 {command} [") and "--as-of DATE" in out
        assert all(len(line) <= 80 for line in out.splitlines()[3:])

    def test_help_of_all(self, shows):
        assert "compare" in shows("--help")


class TestFile:
    FACTS = """\
        amount: 12000.10
        days_to_pay: 400  # a comment
        due_date: 2026-12-05
        tax: "8000.00"
        penalty: $1,000
        returns_filed: yes
        bankruptcy: false
        direct_debit: unknown
        hardship: ~
        state:
        existing-plan: in-effect
        suspensions:
          - offer:2024-03-01:2024-09-30:refused
          - {kind: bankruptcy, began: 2020-01-01, ended: 2021-01-01}
          - {kind: abroad, began: 2022-01-01, ended: null, refused: no}
          - {kind: plan_request, began: 2023-01-01, refused: true}
        """

    def test_facts(self, shows, file):
        found = told(shows, *file(self.FACTS.replace("\n        ", "\n").lstrip()))
        assert found["amount_owed"] == "12000.10" and found["penalty"] == "1000.00"
        assert found["due_date"] == "2026-12-05" and found["days_to_pay"] == 400
        assert found["returns_filed"] is True and found["bankruptcy"] is False
        assert found["direct_debit"] is None is found["hardship"] is found["state"]
        assert [each["refused"] for each in found["suspensions"]] == [True, False, False, True]
        assert found["suspensions"][1]["ended"] == "2021-01-01"

    def test_an_option_wins(self, shows, file):
        found = told(
            shows, *file("amount_owed: 12000\ntax_year: 2023\nstate: TX"), "--amount", "9000",
            "--state", "unknown",
        )  # fmt: skip
        assert found["amount_owed"] == "9000.00" and found["tax_year"] == 2023
        assert found["state"] is None

    def test_one_suspension_and_none(self, shows, file):
        assert len(told(shows, *file("suspension: offer:2024-03-01"))["suspensions"]) == 1
        assert told(shows, *file("suspensions: "))["suspensions"] == []

    def test_a_byte_order_mark(self, shows, file):
        assert told(shows, *file("\ufeffamount: 500"))["amount_owed"] == "500.00"

    @pytest.mark.parametrize(
        "text, sentence",
        [
            ("", "is not a list of facts"),
            ("- amount: 5", "is not a list of facts"),
            ("12000", "is not a list of facts"),
            ("amount: 5\namount: 6", "(line 2)"),
            ("amount: 5\namount_owed: 6", "holds amount_owed twice"),
            ("amount: [", "not YAML that can be read (line"),
            ("amount: 5\n--- \namount: 6", "not YAML"),
            ("amount: 5\0", "not YAML that can be read;"),
            ("[" * 600, "not YAML"),
            (b"amount: \xff", "not UTF-8"),
            (b"#" * 200_000, "too long"),
            ("amout_owed: 5", "did you mean amount_owed?"),
            ("qqq: 5", "cp503 plan --help lists"),
            ("assumed: 5", "unknown fact 'assumed'"),
            ("? [1, 2]\n: 5", "unknown fact"),
            ("amount: lots", "amount_owed in "),
            ("amount: 1_000", "'1_000' is not an amount"),
            ("amount: 1e3", "'1e3' is not an amount"),
            ("amount: [5]", "a list is not an amount"),
            ("amount: {usd: 5}", "a mapping is not an amount"),
            ("amount: &a [*a]", "a list is not an amount"),
            ("due_date: 2026-12-05T10:00:00", "is not a date"),
            ("returns_filed: 1", "'1' is not yes, no or unknown"),
            ("suspensions: [offer]", "'offer' is not written as KIND"),
            ("suspensions: [[offer]]", "a list is not written as KIND"),
            ("suspensions: [{kind: offer}]", "'offer' is not written as KIND"),
            ("suspensions: {}", "'' is not written as KIND"),
            ("suspensions: [{kind: offer, begun: 2024-01-01}]", "a mapping is not written"),
            ("suspensions: [{kind: [offer], began: 2024-01-01}]", "a mapping is not written"),
            ("suspensions: [{kind: offer, began: 2024-01-01, refused: maybe}]", "'offer:2024"),
            ("amount: 5\ntax: 7", "add up to $7.00"),
        ],
    )
    def test_a_bad_file(self, refuses, file, text, sentence):
        assert sentence in refuses("plan", *file(text))

    def test_no_file(self, refuses, tmp_path):
        assert "is not there" in refuses("plan", "--file", str(tmp_path / "n"))
        assert "is a folder" in refuses("plan", "--file", str(tmp_path)[:1])
        name = "n" * 5000
        assert "cannot be read (File name too long)" in refuses("plan", "--file", name)

    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(text=st.text(alphabet="amount_owed: 12{}[]&*!|>-'\"\n\t%@\u00e9", max_size=60))
    def test_any_text_is_read_or_refused(self, run, file, text):
        code, _, err = run("deadlines", *AS_OF, *file(text))
        assert code in (0, 2) and err.count("\n") == (code == 2)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fact=st.sampled_from(LISTED), text=st.text(max_size=25))
def test_any_value_is_read_or_refused(run, fact, text):
    code, _, err = run("deadlines", *AS_OF, f"{fact.option}={text}")
    assert code in (0, 2) and err.count("\n") == (code == 2)


class TestEndings:
    def test_as_a_module(self, monkeypatch, capsys):
        monkeypatch.setattr(sys, "argv", ["cp503", "parameters", "short_term_limit", *AS_OF])
        with pytest.raises(SystemExit) as stop:
            runpy.run_module("irs.command", run_name="__main__")
        assert stop.value.code == 0 and "$100,000" in capsys.readouterr().out

    def python(self, *words, **more):
        return subprocess.Popen(
            [sys.executable, "-m", "irs.command", *words], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **more,
        )  # fmt: skip

    @pytest.mark.parametrize("words", [["plan", "--help"], ["plan", *LONG], ["parameters"]])
    def test_a_reader_that_leaves(self, words):
        with self.python(*words) as process:
            process.stdout.close()
            said = process.stderr.read()
        assert said == b"" and process.returncode in (0, 1)  # 0: argparse kept quiet about it

    def test_a_reader_that_leaves_in_the_middle(self, monkeypatch, tmp_path):
        def gone(asked):
            raise BrokenPipeError

        monkeypatch.setitem(irs.command._RUN, "plan", gone)
        with (tmp_path / "out").open("w") as out:
            monkeypatch.setattr(sys, "stdout", out)
            assert main(["plan"]) == 1
            print("thrown away", flush=True)
        assert (tmp_path / "out").read_text() == ""

    def test_ctrl_c(self, monkeypatch, capsys):
        def stop(asked):
            raise KeyboardInterrupt

        monkeypatch.setitem(irs.command._RUN, "plan", stop)
        assert main(["plan"]) == 130
        assert capsys.readouterr().err == "cp503: stopped.\n"

    def test_a_terminal_without_the_signs(self):
        env = {**os.environ, "PYTHONIOENCODING": "ascii"}
        with self.python("parameters", *AS_OF, env=env) as process:
            out, said = process.communicate()
        assert process.returncode == 0 and said == b"" and out.isascii()

    def test_an_output_that_is_no_file(self, monkeypatch):
        monkeypatch.setattr(sys, "stdout", held := io.StringIO())
        assert main(["parameters", "short_term_limit", *AS_OF]) == 0
        assert "$100,000" in held.getvalue()

    @pytest.mark.parametrize("no_color, coloured", [("", True), ("1", False)])
    def test_no_color_is_honoured(self, shows, monkeypatch, no_color, coloured):
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", no_color)
        out = shows("compare", *LONG)
        assert ("\x1b[1;36m" in out) is coloured

    def test_markup_in_words_is_not_read(self, refuses, shows, capsys):
        assert "'[red]'" in refuses("plan", "--amount", "[red]")
        tables.show(lambda page: page.text("[bold]:smile:[/bold]"))
        assert capsys.readouterr().out == "[bold]:smile:[/bold]\n"


def test_errors_of_the_rules_are_sentences(monkeypatch, refuses):
    def never(*_):
        raise NeverClears("It never ends")

    monkeypatch.setattr(irs.command, "assess", never)
    assert refuses("plan") == "cp503: It never ends.\n"


def test_suspensions_reach_the_rules(shows):
    found = told(shows, "--suspension", "innocent-spouse:2024-03-01")
    assert found["suspensions"][0]["kind"] == "innocent_spouse"
    assert Suspension("innocent_spouse", date(2024, 3, 1)).ended is None
    assert Decimal(told(shows, "--agi", "0")["agi"]) == 0
