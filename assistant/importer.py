"""Reads the training data once, with examples that are cheap to copy and to hash.

Rasa's own importer reads every file twice in a training, each time once with a parser in Python that keeps
comments and once without, and each time that two sets of examples are put together it copies every example
through and through and hashes it anew: with our many examples a third of the whole training.
"""

from __future__ import annotations

import copy
import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Optional, Text, Tuple

import rasa
from pykwalify.core import Core
from pykwalify.errors import SchemaError
from rasa.shared.data import YAML_FILE_EXTENSIONS
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.formats.rasa_yaml import (
    KEY_NLU,
    KEY_RESPONSES,
    NLU_SCHEMA_FILE,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method
from rasa.shared.utils.io import read_yaml_file
from rasa.shared.utils.validation import (
    RESPONSES_SCHEMA_FILE,
    SCHEMA_EXTENSIONS_FILE,
    validate_training_data_format_version,
)
from ruamel.yaml import YAMLError

from assistant.topics import load_yaml


class Example(Message):
    """A message of the training data: most of what it holds are words, which need no copying."""

    @classmethod
    def of(cls, message: Message) -> "Example":
        """The same message as an example; what it holds is shared with it."""
        return cls(message.data, message.output_properties, message.time, message.features)

    def set(self, prop: Text, info: Any, add_to_output: bool = False) -> None:
        """As Rasa's; what is set to the value it has keeps its hash."""
        if add_to_output or prop not in self.data or self.data[prop] != info:
            super().set(prop, info, add_to_output)

    def fingerprint(self) -> Text:
        """One hash of all it holds; Rasa hashes each value, then their lists and the lists of those."""
        if self.features:
            return super().fingerprint()
        if self._cached_fingerprint is None:
            held = repr(sorted(self.data.items(), key=lambda item: item[0]))
            self._cached_fingerprint = hashlib.sha1(held.encode("utf-8")).hexdigest()
        return self._cached_fingerprint

    def __hash__(self) -> int:
        """Of the fingerprint as it is: a text keeps its hash, a number read from it does not."""
        return hash(self.fingerprint())

    def __deepcopy__(self, memo: Dict[int, Any]) -> "Example":
        made = Example.__new__(Example)
        made.__dict__.update(self.__dict__)
        made.data = {
            key: value if isinstance(value, str) else copy.deepcopy(value, memo)
            for key, value in self.data.items()
        }
        made.output_properties = set(self.output_properties)
        made.features = copy.copy(self.features)
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
    """Rasa's reader of NLU files, which parses each of them once, without its comments and line numbers."""

    def reads(self, string: Text, **kwargs: Any) -> TrainingData:
        """As Rasa's; a file that is not as the schema wants it is left to Rasa, which names the line."""
        schema, rules = _schema()
        try:
            content = load_yaml(string)
            Core(source_data=content, schema_data=schema, extensions=[rules]).validate()
        except (YAMLError, SchemaError):
            return super().reads(string, **kwargs)
        if not validate_training_data_format_version(content, self.filename):
            return TrainingData()
        self._parse_nlu(content.get(KEY_NLU))
        return TrainingData(
            [Example.of(message) for message in self.training_examples],
            self.entity_synonyms,
            self.regex_features,
            self.lookup_tables,
            content.get(KEY_RESPONSES),
        )


def _load(path: Text, language: Optional[Text]) -> TrainingData:
    if Path(path).suffix in YAML_FILE_EXTENSIONS:
        return Reader().read(path, language=language, fformat=loading.RASA_YAML)
    return loading.load_data(path, language)


class ReadOnce(RasaFileImporter):
    """Rasa's importer; whoever gets the data copies it before changing it (``TrainingData.merge``)."""

    @cached_method
    def _read(self, language: Optional[Text]) -> TrainingData:
        files = [_load(path, language) for path in self._nlu_files]
        examples = [example for file in files for example in file.training_examples]
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
