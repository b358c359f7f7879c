"""Reads the training data once; Rasa's own importer reads and checks every file twice in a training."""

from __future__ import annotations

from typing import Optional, Text

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


class ReadOnce(RasaFileImporter):
    """Rasa's importer; whoever gets the data copies it before changing it (``TrainingData.merge``)."""

    @cached_method
    def _read(self, language: Optional[Text]) -> TrainingData:
        return super().get_nlu_data(language)

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """The NLU examples of all files; Rasa asks for them in two ways, which its cache takes for two."""
        return self._read(language)
