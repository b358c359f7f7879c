"""Every JSON output against its schema, and the schema against what it promises."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from irs.assess import assess
from irs.command import as_json, main
from irs.command.facts import LISTED, SUSPENSION, YEARS
from irs.command.parser import COMMANDS
from irs.command.schedules import choose
from irs.deadlines import deadlines
from irs.schedule import NeverClears
from irs.situation import STATES, SUSPENSIONS, Situation, SituationError, Suspension

AS_OF = date(2026, 11, 24)


def validator(command, name=None):
    schema = as_json.schema(command)
    if name:
        schema = {**schema, "$ref": f"#/$defs/{name}"}
    return Draft202012Validator(schema, format_checker=FormatChecker())


PLAN, COMPARE, SCHEDULE, DEADLINES, PARAMETERS = map(validator, COMMANDS)


def ordered(schema, found, defs):
    """Whether the keys come in the order the schema documents."""
    schema = defs[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    if isinstance(found, dict) and "properties" in schema:
        assert list(found) == list(schema["properties"]) == schema["required"]
        for key, value in found.items():
            ordered(schema["properties"][key], value, defs)
    if isinstance(found, list):
        for value in found:
            ordered(schema["items"], value, defs)


def check(validator, found):
    validator.validate(found)
    ordered(validator.schema, found, validator.schema["$defs"])


def keys_resolve(found):
    named = [each["references"] for each in found.get("options", []) + found["deadlines"]]
    assert {key for keys in named for key in keys} <= {s["key"] for s in found["references"]}


MONEY = st.one_of(
    st.none(),
    st.decimals("0.01", "300000", places=2),
    st.sampled_from([0, 1, 10000, 25000, 50000, 100000, 250000]).map(as_json.Decimal),
)
DAY = st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2029, 12, 31)))
CHOICES = {
    "yes|no": st.sampled_from([True, False, None]),
    "USD": MONEY,
    "DATE": DAY,
    "DAYS": st.one_of(st.none(), st.integers(0, 200), st.integers(0, 36500)),
    "YEAR": st.one_of(st.none(), st.integers(2010, 2027), st.sampled_from(YEARS)),
    "PERSONS": st.one_of(st.none(), st.integers(1, 30)),
    "XX": st.sampled_from([None, *sorted(STATES)]),
}


@st.composite
def situations(draw):
    told = {}
    for fact in draw(st.sets(st.sampled_from(LISTED), max_size=14)):
        if fact.kind is SUSPENSION:
            began = draw(st.dates(date(2015, 1, 1), date(2027, 1, 1)))
            days = draw(st.one_of(st.none(), st.integers(0, 2000)))
            ended = None if days is None else began + timedelta(days=days)
            kind = draw(st.sampled_from(SUSPENSIONS))
            told[fact.name] = (Suspension(kind, began, ended, draw(st.booleans())),)
        elif fact.kind.metavar in CHOICES:
            told[fact.name] = draw(CHOICES[fact.kind.metavar])
        else:
            names = fact.kind.metavar.replace("-", "_").split("|")
            told[fact.name] = draw(st.sampled_from([None, *names]))
    try:
        found = Situation(**told)
        if found.amount_owed is None and {"tax", "penalty", "interest", "pay_now"} & set(told):
            raise SituationError("tested on its own in test_command.py")
    except SituationError:
        for name in (
            "tax",
            "penalty",
            "interest",
            "pay_now",
            "amount_owed",
            "assessed_balance",
            "monthly_payment",
        ):
            told.pop(name, None)
        found = Situation(**told)
    return draw(st.sampled_from([found, found.with_usual_answers()]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(situation=situations(), as_of=st.dates(date(2025, 12, 3), date(2028, 12, 31)))
def test_any_situation(situation, as_of):
    found = assess(situation, as_of)
    whole = as_json.plan(found, situation)
    check(PLAN, whole)
    keys_resolve(whole)
    check(COMPARE, as_json.compare(found))
    days = as_json.days(deadlines(situation, as_of), as_of)
    check(DEADLINES, days)
    keys_resolve(days)
    for way in found.ways:
        check(SCHEDULE, as_json.schedule(choose(situation, as_of, way.id, None)))
    assert {whole["cheapest"], whole["easiest"]} <= {way["id"] for way in whole["ways"]} | {None}


@settings(max_examples=40, deadline=None)
@given(
    amount=st.decimals("1", "200000", places=2),
    monthly=st.decimals("1", "5000", places=2),
)
def test_any_monthly_payment(amount, monthly):
    situation = Situation(amount_owed=amount, monthly_payment=monthly)
    try:
        chosen = choose(situation, AS_OF, None, None)
    except NeverClears:
        return
    check(SCHEDULE, as_json.schedule(chosen))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--strict"],
        ["--amount", "12000", "--days", "90", "--returns-filed", "yes"],
        ["--amount", "61000", "--monthly", "900", "--returns-filed", "yes"],
        ["--amount", "9000", "--taxpayer", "business", "--payroll-tax", "no"],
        ["--amount", "500", "--due-date", "2000-01-01"],
        ["--amount", "8000", "--levy-in-place", "yes", "--state", "AK", "--agi", "20000"],
    ],
)
@pytest.mark.parametrize("command", ["plan", "compare", "deadlines"])
def test_printed(capsys, command, words):
    assert main([command, "--as-of", "2026-11-24", "--json", *words]) == 0
    check(validator(command), json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("day", ["2020-01-01", "2025-06-01", "2026-11-24", "2027-02-01"])
def test_parameters(capsys, day):
    assert main(["parameters", "--as-of", day, "--json"]) == 0
    check(PARAMETERS, json.loads(capsys.readouterr().out))


def test_stale_parameters(capsys):
    assert main(["parameters", "--stale", "1", "--as-of", "2030-01-01", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found
    check(validator("parameters", "stale_output"), found)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_prints_its_schema(capsys, command):
    assert main([command, "--schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == as_json.schema(command)
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"].endswith("2020-12/schema")


def test_everything_is_described_and_nothing_else_is_let_in():
    def walk(schema, where):
        if "properties" in schema:
            assert schema["additionalProperties"] is False, where
            for key, value in schema["properties"].items():
                assert value.get("description") or where.endswith("table"), f"{where}.{key}"
                walk(value, f"{where}.{key}")
        if "items" in schema:
            walk(schema["items"], f"{where}[]")

    whole = as_json.schema("plan")
    walk(whole, "plan")
    for name, schema in whole["$defs"].items():
        assert schema["description"], name
        walk(schema, name)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"plan": "nonsense"},
        {"as_of": "24 November"},
        {"summary": ""},
        {"ways": [{}]},
    ],
)
def test_it_refuses_what_is_wrong(change):
    situation = Situation(amount_owed=as_json.Decimal("500"))
    found = as_json.plan(assess(situation, AS_OF), situation)
    assert PLAN.is_valid(found)
    assert not PLAN.is_valid(found | change)


def test_the_facts_of_the_schema_are_those_of_the_options():
    facts = as_json.schema("plan")["$defs"]["facts"]["properties"]
    assert list(facts) == [fact.name for fact in LISTED]
