"""The intent classifier of the pipeline: encoder and linear head, as one Rasa graph component.

It reads a message whole and in segments in one encoder call, and writes what stock Rasa writes
(``intent``, ``intent_ranking``, the response selector's result for the retrieval intent ``faq``), so
rules, ``rasa shell`` and ``rasa test`` work as ever; besides, ``topics`` (all questions asked, in
order), ``certain`` (or to be asked back), ``nearest`` (topics to offer when unsure), ``wants_plan``,
``mood`` (afraid, angry, low, danger), ``leans`` (on the turn before), ``points`` (back at it by a word), ``bare`` (names no topic at all),
``tells`` (a fact, and asks nothing), ``age`` (tells an age),
``aspect`` (what it asks of the turn before), ``asked_next`` (which of the things people ask after the last
answer it may be) and ``elsewhere`` (names somebody else's bill).
"""

from __future__ import annotations

import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Text, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from assistant.nlu.bare import is_bare
from assistant.nlu.chances import asked, in_light, together, without
from assistant.nlu.elsewhere import names_another
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.head import Head, Read
from assistant.nlu.leaning import aspect, leans, points_back
from assistant.nlu.mood import AFRAID, DANGER, mood
from assistant.nlu.next_asked import Found, NextAsked, learned
from assistant.nlu.reading import FAQ, Bars, Reading, Scored, is_topic, read
from assistant.nlu.segments import Segment, segments
from assistant.nlu.telling import tells, tells_an_age
from assistant.nlu.ways import halves, lists
from assistant.phrases import LOW
from assistant.topics import topic_before, topics

RANKED = 6  # intents kept in the ranking
MOST_WAYS = 4  # ways of a kind to read pieces as several questions that are looked at in a message
MORE_FOR_SEVERAL = 0.5  # how much further outside a message with several of our topics must be
MORE_FOR_FACTS = 1.0  # the same of one that states facts such as an amount
MORE_WHEN_SURE = 1.5  # the same of one that can hardly be anything but one of our topics
HARDLY_ELSE = 0.97  # also of two questions without a mark between them, for a cut there
# Moves that short words after an answer are taken for ("and if I need to cancel it?" stops nothing), and how
# much a message must be one of the things asked after it to be that instead.
OFTEN_NO_MOVE = {"affirm", "deny", "dont_know", "refuse", "stop", "start_over"}
HARDLY_A_MOVE = 0.5
# The same where a plan is talked of: in doubt the line with 988 and the answer.
MORE_OF_A_PLAN = 1.0
_OF_A_PLAN = re.compile(r"\b(?:plan|payments?|monthly|a month|returns?|filed)\b", re.IGNORECASE)
HARDLY_LOW = 0.6  # how much it must be that, not to be taken for a hint at a threat
MORE_ALARM = 0.6  # how much surer a threat must be for 988 alone where several things are asked
SCARED = "feeling_scared"  # said in passing it asks nothing, but is heard
CRISIS = "crisis"  # the topic of a threat to self: nothing else is answered beside it


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Which question, or which move in the dialogue, a message is."""

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._head: Head | None = None
        self._next = NextAsked({})

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Settings, with their reasons in config.yml."""
        return {
            "encoder_folder": None,
            "heat": 4.0,
            "maybe": 0.2,
            "sure": 0.4,
            "outright": 0.4,
            "piece_sure": 0.6,
            "light": 0.5,
            "alarm": 0.0,
            "seconded": 0.0,
            "heard": 0.0,
            "listen": 0.0,
            "wary": -1.5,
            "outside": 0.0,
            "declining": [],
            "passing": [],
            "standing": [],
            "general": [],
            "ourselves": [],
            "reject": [],
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            with np.load(folder / "head.npz", allow_pickle=False) as arrays:
                plain = json.loads((folder / "head.json").read_text("utf-8"))
                component._head = Head.from_state(dict(arrays), plain, config["heat"])
                component._next = NextAsked.from_state(arrays, plain["asked_next"])
        shared_encoder(config["encoder_folder"]).encode(["warm up"])
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the head on all examples and keep it in the model."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        encoder = shared_encoder(self._config["encoder_folder"])
        texts = [m.get(TEXT) for m in examples]
        # What is fitted at once shares the cores; several threads in each of them only wait for each other.
        with threadpool_limits(1), ThreadPoolExecutor(1) as beside:
            fitted = beside.submit(
                Head.train,
                texts,
                [m.get(INTENT_RESPONSE_KEY) or m.get(INTENT) for m in examples],
                encoder,
                heat=self._config["heat"],
                declining=[FAQ + name for name in self._config["declining"]],
                crisis=FAQ + CRISIS,
            )
            self._next = learned(topics().values(), texts, encoder)
            head = fitted.result()
        arrays, plain = head.state()
        more, plain["asked_next"] = self._next.state()
        arrays |= more
        with self._storage.write_to(self._resource) as folder:
            _save(folder / "head.npz", arrays)
            (folder / "head.json").write_text(json.dumps(plain), "utf-8")
        self._head = head
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data passes unchanged: nothing after this component learns from it."""
        return training_data

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        """Write intent, ranking and topics into each message that has a text of its own.

        ``tracker``: the conversation, which tells the topics answered last; Rasa's server gives it.
        """
        for message in messages:
            if message.get(TEXT) and not (message.get(INTENT) or {}).get("name"):
                self._classify(message, tracker)
        return messages

    def _classify(self, message: Message, tracker: Optional[DialogueStateTracker]) -> None:
        assert self._head is not None, "train or load first"
        text = message.get(TEXT)
        parts, known = self._parts(text)
        labels = self._head.labels
        # That takes a cut of its own: here the topic would only win by words such as "life".
        chances = without(known.chances, labels, FAQ + CRISIS)
        if not _states_something(message):
            # "inform" is for facts; where the extractor found none, it is something else.
            chances = without(chances, labels, "inform")
        alone, chances = (
            asked(together(rows, labels), parts, labels)
            for rows in (chances, in_light(chances, self._config["light"]))
        )
        scored = [self._scored(*part) for part in zip(parts, chances, alone)]
        reading = read(scored[0], scored[1:], self._bars())
        after = self._after(tracker, known)
        feels = self._feels(text, known, reading, scored, after, _states_something(message))
        far = known.far[0]
        if far >= self._config["wary"] and len(reading.topics) == 1:
            reading = replace(reading, certain=False)
        declined = None
        if far >= self._outside(message, reading) and not self._inside(scored[1:], known.far[1:]):
            declined = self._declined(scored[0], chances[0])
        if declined:
            said = self._beside(declined, scored[1:], known.far[1:])
            reading = Reading(declined, self._config["sure"], said, False, True)
        if feels == DANGER:
            reading = Reading(FAQ + CRISIS, 1.0, (CRISIS,), False, True)
        message.set("mood", feels, add_to_output=True)
        idle = tracker is not None and not tracker.active_loop
        if idle and after and after.score >= HARDLY_A_MOVE and reading.intent in OFTEN_NO_MOVE:
            reading = Reading(FAQ + after.topic, after.score, (after.topic,), False, True)
        message.set("asked_next", after._asdict() if after else None, add_to_output=True)
        self._write(message, scored[0], reading)

    def _after(self, tracker: Optional[DialogueStateTracker], known: Read) -> Optional[Found]:
        """The likeliest of what people ask after the topics that were answered last."""
        last, told = (
            (tracker.get_slot(name) if tracker else None) or () for name in ("last_topics", "told")
        )
        return self._next.find(last, known.vector, topic_before(last, told))

    def _feels(
        self,
        text: Text,
        known: Read,
        reading: Reading,
        scored: Sequence[Scored],
        after: Optional[Found],
        states_facts: bool,
    ) -> Optional[Text]:
        """The mood. In doubt (``LOW``) the answer comes with a line that names 988, and not 988 alone.

        What people ask after the last answer ("I don't have the stub anymore") leaves no doubt.
        """
        assert self._head is not None
        scared = any(
            part.best == FAQ + SCARED and part.sure >= self._config["sure"] for part in scored
        )
        feels = mood(text) or (AFRAID if scared else None)
        more = MORE_ALARM if len(reading.topics) > 1 and reading.certain else 0.0
        if states_facts or _OF_A_PLAN.search(text):
            more = max(more, MORE_OF_A_PLAN)
        crisis = known.chances[0][self._head.labels.index(FAQ + CRISIS)]
        seconded = crisis >= self._config["seconded"] * known.chances[0].max()
        if known.danger >= self._config["alarm"] + more and seconded:
            return DANGER
        doubt = not after or after.score < HARDLY_LOW
        heard = crisis >= self._config["heard"] * known.chances[0].max()
        low = doubt and heard and known.danger >= self._config["listen"]
        return LOW if low and feels != DANGER else feels

    def _parts(self, text: Text) -> Tuple[List[Segment], Read]:
        """The message and, if it has several, its pieces; what is known of each."""
        assert self._head is not None
        pieces = segments(text)
        ways = _ways(pieces, lists, self._config["sure"])
        ways += _ways(pieces, halves, HARDLY_ELSE)
        whole = Segment(text, 0, len(text))
        texts = [whole, *pieces, *(part for _, way, _ in ways for part in way)]
        known = self._head.read(
            [p.text for p in texts], shared_encoder(self._config["encoder_folder"])
        )
        own = {n: [1 + n] for n in range(len(pieces))}  # where each piece stands among the texts
        after = 1 + len(pieces)
        for n, way, bar in ways:
            each = list(range(after, after + len(way)))
            after += len(way)
            split = len(own[n]) == 1
            if split and self._asks_each(known.chances[1 + n], known.chances[each], bar):
                own[n] = each
        at = [0, *(number for numbers in own.values() for number in numbers)]
        if len(at) == 2:
            at = [0]
        return [texts[i] for i in at], known._replace(chances=known.chances[at], far=known.far[at])

    def _asks_each(self, piece: np.ndarray, parts: np.ndarray, bar: float) -> bool:
        """Whether the parts of a piece are a question each, one of them what the piece was read as.

        ``bar``: how sure each must be.
        """
        assert self._head is not None
        labels = self._head.labels
        best = [labels[i] for i in parts.argmax(axis=1)]
        quiet = {FAQ + name for name in (*self._config["passing"], *self._config["declining"])}
        return (
            len(set(best)) == len(best)
            and labels[int(piece.argmax())] in best
            and parts.max(axis=1).min() >= bar
            and all(is_topic(name) and name not in quiet for name in best)
        )

    def _outside(self, message: Message, reading: Reading) -> float:
        """From how far outside on a message is declined.

        Two questions of ours in one message are more of a sign than its sum, and so are facts of a
        case, or a topic that nothing else comes near; but a hospital's bill has an amount, too.
        """
        more = [0.0]
        if not names_another(message.get(TEXT)):
            more += [MORE_FOR_SEVERAL] if len(reading.topics) > 1 else []
            more += [MORE_FOR_FACTS] if _states_something(message) else []
            more += [MORE_WHEN_SURE] if reading.confidence >= HARDLY_ELSE else []
        return float(self._config["outside"]) + max(more)

    def _inside(self, pieces: Sequence[Scored], far: np.ndarray) -> bool:
        """Whether a message asks two things or more that are ours, each by itself.

        Their sum may look like nothing we know: "can you see my account, and who can read this?".
        """
        ours = {
            piece.best
            for piece, out in zip(pieces, far)
            if piece.segment.is_question
            and is_topic(piece.best)
            and piece.best[len(FAQ) :] not in (*self._config["passing"], *self._config["reject"])
            and piece.sure >= self._config["piece_sure"]
            and out < self._config["outside"]
        }
        return len(ours) > 1

    def _declined(self, whole: Scored, row: np.ndarray) -> Optional[Text]:
        """The topic that declines a message from outside; moves never are."""
        assert self._head is not None
        labels = self._head.labels
        if not is_topic(whole.best):
            return None
        return max(self._head.declining, key=lambda name: row[labels.index(name)])

    def _beside(
        self, declined: Text, pieces: Sequence[Scored], far: np.ndarray
    ) -> Tuple[Text, ...]:
        """What is declined and, in its place, what is asked of the bot itself besides.

        "Are you a person? And can you see my account?" Only questions about the bot are answered
        beside what is declined: "can I pay them monthly?" after a hospital's bill is not ours.
        """
        said = []
        for piece, out in zip(pieces, far):
            own = piece.best[len(FAQ) :]
            if own in self._config["ourselves"] and piece.sure >= self._config["sure"]:
                if out < self._config["wary"]:
                    said.append(own)
            elif declined[len(FAQ) :] not in said and piece.segment.is_question:
                said.append(declined[len(FAQ) :])
        return tuple(said) if declined[len(FAQ) :] in said else (declined[len(FAQ) :], *said)

    def _bars(self) -> Bars:
        config = self._config
        return Bars(
            config["maybe"],
            config["sure"],
            config["piece_sure"],
            tuple(config["passing"]),
            tuple(config["standing"]),
            tuple(config["general"]),
            config["outright"],
        )

    def _scored(self, part: Segment, row: np.ndarray, alone: np.ndarray) -> Scored:
        assert self._head is not None
        labels = self._head.labels
        best = np.argsort(row)[::-1][:RANKED]
        own = int(alone.argmax())
        return Scored(
            part, tuple((labels[i], float(row[i])) for i in best), (labels[own], float(alone[own]))
        )

    def _write(self, message: Message, whole: Scored, reading: Reading) -> None:
        name = "faq" if is_topic(reading.intent) else reading.intent
        ranking = _by_intent(whole)
        message.set(INTENT, {"name": name, "confidence": reading.confidence}, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set("topics", list(reading.topics), add_to_output=True)
        message.set("wants_plan", reading.wants_plan, add_to_output=True)
        message.set("certain", reading.certain, add_to_output=True)
        message.set("aspect", aspect(message.get(TEXT)), add_to_output=True)
        message.set("leans", leans(message.get(TEXT)), add_to_output=True)
        message.set("points", points_back(message.get(TEXT)), add_to_output=True)
        message.set("tells", tells(message.get(TEXT)), add_to_output=True)
        message.set("age", tells_an_age(message.get(TEXT)), add_to_output=True)
        message.set("bare", is_bare(message.get(TEXT)), add_to_output=True)
        message.set("elsewhere", names_another(message.get(TEXT)), add_to_output=True)
        nearest = [
            intent[len(FAQ) :]
            for intent, _ in whole.ranking
            if is_topic(intent) and intent[len(FAQ) :] not in self._config["reject"]
        ]
        message.set("nearest", nearest, add_to_output=True)
        topic = reading.intent if is_topic(reading.intent) else None
        if topic:
            # What Rasa's ResponseSelector writes, so `rasa test nlu` reports on each topic.
            response = {"intent_response_key": topic, "confidence": reading.confidence}
            message.set(
                "response_selector",
                {
                    "all_retrieval_intents": ["faq"],
                    "faq": {"response": response, "ranking": [response]},
                },
                add_to_output=True,
            )


def _ways(
    pieces: Sequence[Segment],
    of: Callable[[Segment], List[Tuple[Segment, ...]]],
    bar: float,
) -> List[Tuple[int, Tuple[Segment, ...], float]]:
    """Ways to read the pieces as several each: (which piece, its parts, how sure they must be)."""
    return [(n, way, bar) for n, piece in enumerate(pieces) for way in of(piece)][:MOST_WAYS]


_STATED = {
    "amount", "monthly", "duration", "returns_filed", "pay_in_full", "direct_debit", "payroll_tax",
    "date",
}  # fmt: skip


def _states_something(message: Message) -> bool:
    return any(
        e.get("entity") in _STATED or (e.get("entity"), e.get("value")) == ("taxpayer", "business")
        for e in message.get(ENTITIES) or ()
    )


def _save(path: Path, arrays: Dict[str, np.ndarray]) -> None:
    """As ``np.savez``, packed at once: Rasa's own gzip takes twenty times as long for hardly less."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        for name, array in arrays.items():
            with packed.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.asanyarray(array), allow_pickle=False)


def _by_intent(whole: Scored) -> List[Dict[Text, Any]]:
    """Rasa's ranking: retrieval intents summed into one."""
    sums: Dict[Text, float] = {}
    for intent, chance in whole.ranking:
        name = "faq" if is_topic(intent) else intent
        sums[name] = sums.get(name, 0.0) + chance
    return [{"name": k, "confidence": v} for k, v in sorted(sums.items(), key=lambda i: -i[1])]
