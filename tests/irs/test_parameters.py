"""Parameter files: the schema check refuses what could mislead."""

import pytest

from irs.figures import FigureError, Reference, parameters, read_parameter, references

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
SOURCES = {"SRC": Reference("SRC", "A source", None, "2026")}


def read(tmp_path, text):
    path = tmp_path / "limit.yml"
    path.write_text(text)
    return read_parameter(path, SOURCES)


def test_a_good_file(tmp_path):
    assert read(tmp_path, GOOD).values[1][1] == 20


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("references: [SRC]", "references: []", "has no reference"),
        ("references: [SRC]", "references: [OTHER]", "names OTHER"),
        ("references: [SRC]\n", "", "lacks references"),
        ("unit: USD", "unit: euro", "has the unit euro"),
        ('"2025-01-01"', '"2024-01-01"', "overlap"),
        ('"2025-01-01"', '"2023-01-01"', "overlap"),
        ('value: "20"', "value: 20", "must be quoted"),
        ('value: "20"', 'value: "twenty"', "cannot read"),
        ("confidence: high", "confidence: sure", "confidence"),
        ("name: limit", "name: other", "must be the file's"),
        ("confirmed: true", 'confirmed: true\nuntil: "2024-06-01"', "ends before"),
    ],
)
def test_a_broken_file_is_named(tmp_path, old, new, sentence):
    assert old in GOOD
    with pytest.raises(FigureError, match="limit.yml.*" + sentence):
        read(tmp_path, GOOD.replace(old, new))


def test_every_figure_has_its_provenance():
    for name, parameter in parameters().items():
        assert parameter.references and parameter.label, name
        if not parameter.confirmed:
            assert parameter.note, f"{name}: what is not confirmed says why"


def test_every_reference_has_a_title_and_a_date():
    for key, reference in references().items():
        assert reference.title and reference.as_of, key
