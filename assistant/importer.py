"""Reads the training data once, with examples that are cheap to copy and to hash.

Rasa's own importer reads every file twice in a training, and each time that two sets of examples are put
together it copies every example through and through and hashes it anew: with our many examples a fifth of
the whole training.
"""

from __future__ import annotations

import copy
from typing import Any, Dict, Optional, Text

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


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

    def __deepcopy__(self, memo: Dict[int, Any]) -> "Example":
        data = {
            key: value if isinstance(value, str) else copy.deepcopy(value, memo)
            for key, value in self.data.items()
        }
        made = Example(data, set(self.output_properties), self.time, copy.copy(self.features))
        made._cached_fingerprint = self._cached_fingerprint
        return made


class ReadOnce(RasaFileImporter):
    """Rasa's importer; whoever gets the data copies it before changing it (``TrainingData.merge``)."""

    @cached_method
    def _read(self, language: Optional[Text]) -> TrainingData:
        files = [loading.load_data(path, language) for path in self._nlu_files]
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
