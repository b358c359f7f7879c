"""The cases: each with a name, a day, an input, an expectation, and where that comes from."""

from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent


def read(name):
    """The cases of one file."""
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text("utf-8"))
