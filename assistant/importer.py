"""Reads the training data once, with examples that are cheap to copy and to hash.

Rasa's own importer reads every file twice in a training, each time once with a parser in Python that keeps
comments and once without, and each time that two sets of examples are put together it copies every example
through and through and hashes it anew: with our many examples a third of the whole training.
"""

from __future__ import annotations

import copy
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Optional, Text, Tuple

import rasa
from pykwalify.core import Core
from pykwalify.errors import SchemaError
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.formats.rasa_yaml import NLU_SCHEMA_FILE
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from rasa.shared.utils.io import read_yaml_file
from rasa.shared.utils.validation import RESPONSES_SCHEMA_FILE, SCHEMA_EXTENSIONS_FILE
from ruamel.yaml import YAMLError

from assistant.topics import load_yaml


class Example(Message):
    """A message of the training data: most of what it holds are words, which need no copying."""

    @classmethod
    def of(cls, message: Message) -> "Example":
        """The same message as an example; what it holds is shared with it."""
        made = cls(message.data, message.output_properties, message.time, message.features)
        made._cached_fingerprint = message._cached_fingerprint
        return made

    def set(self, prop: Text, info: Any, add_to_output: bool = False) -> None:
        """As Rasa's; what is set to the value it has keeps its hash."""
        if add_to_output or prop not in self.data or self.data[prop] != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: Dict[int, Any]) -> "Example":
        data = {
            key: value if isinstance(value, str) else copy.deepcopy(value, memo)
            for key, value in self.data.items()
        }
        made = Example(data, set(self.output_properties), self.time, copy.copy(self.features))
        made._cached_fingerprint = self._cached_fingerprint
        return made


@lru_cache(maxsize=None)
def _schema() -> Tuple[Dict[Text, Any], Text]:
    """(Rasa's schema of NLU files, the file with its own rules)."""
    folder = Path(rasa.__file__).parent
    schema = {
        **read_yaml_file(folder / NLU_SCHEMA_FILE),
        **read_yaml_file(folder / RESPONSES_SCHEMA_FILE),
    }
    logging.getLogger("pykwalify").setLevel(logging.CRITICAL)
    return schema, str(folder / SCHEMA_EXTENSIONS_FILE)


class Reader(RasaYAMLReader):
    """Rasa's reader of NLU files, which checks them without keeping their comments and line numbers."""

    def validate(self, string: Text) -> None:
        """Raise Rasa's own error where a file is not as Rasa's schema wants it."""
        schema, rules = _schema()
        try:
            content = load_yaml(string)
            Core(source_data=content, schema_data=schema, extensions=[rules]).validate()
        except (YAMLError, SchemaError):
            super().validate(string)  # says the line, too


def _load(path: Text, language: Optional[Text]) -> TrainingData:
    if loading.guess_format(path) == loading.RASA_YAML:
        return Reader().read(path, language=language, fformat=loading.RASA_YAML)
    return loading.load_data(path, language)


class ReadOnce(RasaFileImporter):
    """Rasa's importer; whoever gets the data copies it before changing it (``TrainingData.merge``)."""

    @cached_method
    def _read(self, language: Optional[Text]) -> TrainingData:
        files = [_load(path, language) for path in self._nlu_files]
        examples = [Example.of(m) for file in files for m in file.training_examples]
        for file in files:
            file.training_examples = []
        merged = TrainingData().merge(*files)
        return TrainingData(
            examples,
            merged.entity_synonyms,
            merged.regex_features,
            merged.lookup_tables,
            merged.responses,
        )

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """The NLU examples of all files; Rasa asks for them in two ways, which its cache takes for two."""
        return self._read(language)
