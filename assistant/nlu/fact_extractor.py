"""The pipeline's entity extractor: the facts of assistant/nlu/facts.py as Rasa entities."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactExtractor(GraphComponent):
    """Finds facts with a spaCy rule pipeline that is kept in the trained model."""

    def __init__(self, nlp: Language, storage: ModelStorage, resource: Resource) -> None:
        self._nlp = nlp
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FactExtractor":
        return cls(pipeline(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "FactExtractor":
        with model_storage.read_from(resource) as folder:
            nlp = spacy.load(folder / "facts")
        extractor = cls(nlp, model_storage, resource)
        find_facts(nlp("due dec 5"), date.today())  # the date reader loads its words on first use
        return extractor

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learned; the rules are saved so that a model keeps those it was tested with."""
        with self._storage.write_to(self._resource) as folder:
            self._nlp.to_disk(folder / "facts")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep the entities they were written with: none."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the facts of each message to its entities."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            facts = find_facts(self._nlp(text), _day(message))
            found = [
                {
                    "entity": f.kind, "value": f.value, "start": f.start, "end": f.end,
                    "extractor": "FactExtractor", **f.extra,
                }
                for f in facts
            ]  # fmt: skip
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _day(message: Message) -> date:
    """The day a message was written: "three weeks ago" counts from there."""
    at = (message.get("metadata") or {}).get("at")
    try:
        return datetime.fromisoformat(str(at).replace("Z", "+00:00")).date()
    except ValueError:
        return date.today()
