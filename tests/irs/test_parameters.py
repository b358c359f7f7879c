"""Parameter files: the schema check refuses what could mislead, and names the file."""

from datetime import date
from decimal import Decimal

import pytest

from irs.figures import (
    CONFIDENCE,
    FOLDER,
    FigureError,
    Reference,
    parameters,
    read_parameter,
    read_references,
    references,
)

GOOD = """
name: limit
label: "A limit"
unit: USD
values:
  - {from: "2024-01-01", value: "10"}
  - {from: "2025-01-01", value: "20"}
references: [SRC]
checked_on: "2026-11-24"
confidence: high
confirmed: true
"""
TABLE = """
name: limit
label: "A limit"
unit: USD
by: family_size
values:
  - from: "2026-01-15"
    value: {"1": "10", "2": "20", "3": "30", "4": "40", "5": "50", "6": "60", "7": "70", "8": "80", "more": "10"}
references: [SRC]
checked_on: "2026-11-24"
confidence: high
confirmed: true
"""
CONFLICT = """
name: limit
label: "A limit"
unit: USD
values:
  - {from: "2024-01-01", value: "10", confirmed: true, confidence: high}
  - {from: "2025-01-01", value: "20"}
until: "2025-12-31"
references: [SRC]
checked_on: "2026-11-24"
confidence: low-medium
confirmed: false
conflicts:
  - {value: "15", from: "2025-01-01", references: [SRC], note: "An older page."}
note: "Sources differ."
"""
SOURCES = {"SRC": Reference("SRC", "A source", None, "2026")}


def read(tmp_path, text):
    path = tmp_path / "limit.yml"
    path.write_text(text)
    return read_parameter(path, SOURCES)


def refused(tmp_path, text, sentence):
    with pytest.raises(FigureError, match=r"(?s)^limit\.yml: .*" + sentence):
        read(tmp_path, text)


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


def test_a_good_file(tmp_path):
    found = read(tmp_path, GOOD)
    assert found.values == ((date(2024, 1, 1), Decimal(10)), (date(2025, 1, 1), Decimal(20)))
    assert found.references == (SOURCES["SRC"],) and found.confirmed and found.conflicts == ()
    assert found.checked_on == date(2026, 11, 24) and found.until is None and found.note is None


def test_a_good_table(tmp_path):
    (entry,) = read(tmp_path, TABLE).entries
    assert [entry.value.at(size) for size in (1, 8, 9, 11)] == [10, 80, 90, 110]


def test_a_good_conflict_concerns_the_values_of_its_time(tmp_path):
    found = read(tmp_path, CONFLICT)
    first, second = found.entries
    assert (first.confirmed, first.confidence, first.conflicts) == (True, "high", ())
    assert (second.confirmed, second.confidence) == (False, "low-medium")
    assert second.conflicts == found.conflicts and found.conflicts[0].value == 15
    assert found.until == date(2025, 12, 31)


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("references: [SRC]", "references: []", "has no reference"),
        ("references: [SRC]", "references: SRC", "has no reference"),
        ("references: [SRC]", "references: [OTHER]", "names OTHER, which is not in"),
        ("references: [SRC]\n", "", "lacks references"),
        ("unit: USD\n", "", "lacks unit"),
        ("unit: USD", "unit: euro", "has the unit euro"),
        ("unit: USD", "unit: USD\nby: state", "is a table by state"),
        ("unit: USD", "unit: USD\nsource: SRC", "has the unknown field source"),
        ('label: "A limit"', 'label: " "', "needs a label in words"),
        ("confirmed: true", "confirmed: true\nnote: 5", "needs a note in words"),
        ('"2025-01-01"', '"2024-01-01"', "overlap at 2024-01-01"),
        ('"2025-01-01"', '"2023-01-01"', "overlap at 2023-01-01"),
        ('"2025-01-01"', '"2025-13-01"', "cannot read from: 2025-13-01"),
        ('"2025-01-01"', '"20250101"', "cannot read from: 20250101"),
        ('"2025-01-01"', "2025-01-01", "from must be quoted"),
        ('value: "20"', "value: 20", "must be quoted"),
        ('value: "20"', 'value: "twenty"', "cannot read the number twenty"),
        ('value: "20"', 'value: "-20"', "cannot read the number -20"),
        ('value: "20"', 'value: "NaN"', "cannot read the number NaN"),
        ('value: "20"', 'value: "2e1"', "cannot read the number 2e1"),
        ('value: "20"', 'value: "20.001"', "at most two decimals"),
        ('value: "20"', 'value: "20", since: "x"', "has the unknown field since"),
        (', value: "20"', "", "needs from and value"),
        ('{from: "2025-01-01", value: "20"}', "20", "needs from and value"),
        ("confidence: high", "confidence: sure", "needs a confidence of high, medium-high"),
        ('value: "20"', 'value: "20", confidence: sure', "needs a confidence of high"),
        ("confirmed: true", 'confirmed: "no"', "needs confirmed: true or confirmed: false"),
        ("confirmed: true", "confirmed: false", "not confirmed and needs a note"),
        ('value: "20"', 'value: "20", confirmed: false', "not confirmed and needs a note"),
        ("name: limit", "name: other", "must be the file's"),
        ("confirmed: true", 'confirmed: true\nuntil: "2024-06-01"', "ends before its last"),
        ("confirmed: true", 'confirmed: true\nuntil: "soon"', "cannot read until: soon"),
        ('checked_on: "2026-11-24"', "checked_on: 2026-11-24", "checked_on must be quoted"),
        ('checked_on: "2026-11-24"', 'checked_on: "11/24/2026"', "cannot read checked_on"),
        ("unit: USD", "unit: [USD", "is not valid YAML"),
        ("name: limit", "name: limit\nname: limit", "is not valid YAML"),
    ],
)
def test_a_broken_file_is_named(tmp_path, old, new, sentence):
    refused(tmp_path, changed(GOOD, old, new), sentence)


@pytest.mark.parametrize("text, sentence", [("- a\n", "not a YAML mapping"), ("", "not a YAML")])
def test_a_file_without_a_mapping_is_named(tmp_path, text, sentence):
    refused(tmp_path, text, sentence)


@pytest.mark.parametrize("values", ["values: []", "values: 20"])
def test_a_file_without_values_is_named(tmp_path, values):
    start, end = GOOD.index("values:"), GOOD.index("references:")
    refused(tmp_path, f"{GOOD[:start]}{values}\n{GOOD[end:]}", "has no value")


@pytest.mark.parametrize(
    "unit, good, bad, sentence",
    [
        ("percent", "250", "250.1", "250 is the most"),
        ("percent", "0.25", "-1", "cannot read the number"),
        ("days", "30", "30.5", "write a whole number"),
        ("business days", "2", "two", "cannot read the number"),
        ("weeks", "5", "5.5", "write a whole number"),
        ("months", "72", "72.0", "write a whole number"),
        ("quarters", "12", "1.2", "write a whole number"),
        ("years", "10", "0.5", "write a whole number"),
        ("payments", "3", "3.1", "write a whole number"),
        ("year", "2025", "25", "write four digits"),
        ("year", "2025", "20255", "write four digits"),
        ("date", "2026-07-21", "July 21, 2026", "cannot read value: July 21, 2026"),
        ("date", "2026-07-21", "2026-02-30", "cannot read value: 2026-02-30"),
        ("phone", "800-829-1040", "(800) 829-1040", "cannot read the phone number"),
        ("flag", "yes", "true", "has the flag true"),
    ],
)
def test_a_value_fits_its_unit(tmp_path, unit, good, bad, sentence):
    start, end = GOOD.index("unit:"), GOOD.index("references:")
    text = f'{GOOD[:start]}unit: {unit}\nvalues:\n  - {{from: "2024-01-01", value: "%s"}}\n{GOOD[end:]}'
    assert read(tmp_path, text % good).unit == unit
    refused(tmp_path, text % bad, sentence)


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ('"4": "40", ', "", "needs the quoted rows 1, 2, 3, 4, 5, 6, 7, 8, more"),
        (', "more": "10"', "", "needs the quoted rows"),
        ('"8": "80"', '"8": "80", "9": "90"', "needs the quoted rows"),
        ('"1": "10"', '1: "10"', "needs the quoted rows"),
        ('"3": "30"', '"3": "20"', "rows must rise"),
        ('"more": "10"', '"more": "0"', "rows must rise"),
        ('"3": "30"', '"3": 30', "must be quoted"),
        ("by: family_size\n", "", "must be quoted"),
    ],
)
def test_a_broken_table_is_named(tmp_path, old, new, sentence):
    refused(tmp_path, changed(TABLE, old, new), sentence)


def test_a_table_holds_rows_only(tmp_path):
    refused(tmp_path, changed(GOOD, "unit: USD", "unit: USD\nby: family_size"), "quoted rows")


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("references: [SRC], note", "references: [], note", "a conflict has no reference"),
        ("references: [SRC], note", "note", "a conflict has no reference"),
        ("references: [SRC], note", "references: [OTHER], note", "a conflict names OTHER"),
        (', note: "An older page."', "", "a conflict needs a note"),
        ('value: "15", ', "", "has a conflict without a value"),
        ('value: "15"', 'value: "a few"', "cannot read the number a few"),
        ('value: "15"', 'value: "15", page: "x"', "has the unknown field page"),
        ('from: "2025-01-01", references', "from: 2025, references", "from must be quoted"),
        (
            ', from: "2025-01-01", references',
            ", references",
            "conflict at 2024-01-01; set confirmed",
        ),
        ("confirmed: false\n", "confirmed: true\n", "conflict at 2025-01-01; set confirmed"),
        ('note: "Sources differ."', "", "not confirmed and needs a note"),
    ],
)
def test_a_broken_conflict_is_named(tmp_path, old, new, sentence):
    refused(tmp_path, changed(CONFLICT, old, new), sentence)


@pytest.mark.parametrize("value", ["15", "{}", "[15]"])
def test_conflicts_are_a_list_of_mappings(tmp_path, value):
    start, end = CONFLICT.index("conflicts:"), CONFLICT.index('note: "Sources')
    text = f"{CONFLICT[:start]}conflicts: {value}\n{CONFLICT[end:]}"
    refused(tmp_path, text, "conflict")


@pytest.mark.parametrize(
    "entry, sentence",
    [
        ("A: text", "A needs a title"),
        ('A: {title: "T", as_of: "2026", note: "x"}', "A has the unknown field note"),
        ('A: {as_of: "2026"}', "A needs a quoted title"),
        ('A: {title: "", as_of: "2026"}', "A needs a quoted title"),
        ('A: {title: "T"}', "A needs a quoted as_of"),
        ('A: {title: "T", as_of: 2026}', "A needs a quoted as_of"),
        ('A: {title: "T", as_of: "2026", url: "irs.gov"}', "A has a url that is no web address"),
        ("- A", "is not a YAML mapping"),
    ],
)
def test_broken_references_are_named(tmp_path, entry, sentence):
    path = tmp_path / "references.yml"
    path.write_text(entry + "\n")
    with pytest.raises(FigureError, match=r"^references\.yml: " + sentence):
        read_references(path)


def test_a_good_reference_may_have_no_address(tmp_path):
    path = tmp_path / "references.yml"
    path.write_text('A: {title: "T", as_of: "2026", url: null}\n')
    assert read_references(path) == {"A": Reference("A", "T", None, "2026")}


def test_every_figure_has_its_provenance():
    for name, parameter in parameters().items():
        assert parameter.references and parameter.label, name
        assert parameter.confidence in CONFIDENCE and parameter.checked_on, name


def test_every_file_is_a_parameter():
    assert {path.stem for path in FOLDER.iterdir()} == {*parameters(), "references"}


def test_every_reference_has_a_title_and_a_date():
    for key, reference in references().items():
        assert reference.title and reference.as_of, key
