"""The FAQ topics: one file each in ``data/faq``, read by the action server.

A file carries Rasa's own ``nlu`` part, perhaps ``asked_next`` (what people type right after the answer)
and a ``topic`` part with the answer. Figures in an answer are ``{names}`` of ``irs/parameters`` and are filled in for the day
the answer is given; a name that does not exist, a missing answer or an unknown next topic is
reported with file and line. Nothing here imports Rasa: the action server stays small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from ruamel.yaml import YAML, YAMLError

from assistant import firm
from irs.figures import figures_text, reference

FOLDER = Path(__file__).resolve().parent.parent / "data" / "faq"
PLAN = "plan"  # a next step that starts the plan questions
HUMAN = "human"  # a next step that reaches the firm
HUMAN_TOPIC = "talk_to_human"
EVERYBODYS = {"what_is_cp503", "why_received"}  # true of whoever writes
# What a short follow-up can ask about the topic before it (assistant/nlu/leaning.py).
ASPECTS = (
    "why", "cost", "time", "how", "form", "who", "cannot", "other", "late", "sure", "often", "amount",
    "nothing", "meaning", "ignored",
)  # fmt: skip
_FIELDS = {
    "title", "answer", "references", "links", "next", "follow_ups", "small_talk", "starts_plan",
}  # fmt: skip
_NAME = re.compile(r"\{([a-z0-9_]+)\}")
_TOPIC_NAME = re.compile(r"[a-z0-9_]+")


class TopicError(ValueError):
    """A topic file is broken; the message names the file, the line and what to mend."""


@dataclass(frozen=True)
class AskedNext:
    """What people type right after an answer, in several wordings that name no topic.

    ``says``: a key of the topic's ``follow_ups``, another topic, or a text.
    """

    wordings: Tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Topic:
    """One topic. ``answer`` still holds its ``{figure}`` names; see :meth:`text`."""

    name: str
    title: str
    answer: str
    references: Tuple[str, ...] = ()
    links: Tuple[Tuple[str, str], ...] = ()  # (title, address)
    next: Tuple[str, ...] = ()
    # What a short question right after it means ("and what does that cost?"): a topic's name, or
    # an answer of its own. Keys: ASPECTS.
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    asked_next: Tuple[AskedNext, ...] = ()
    small_talk: bool = False  # said in passing: never part of an answer to several questions
    starts_plan: bool = False  # an amount told with this question starts the plan questions

    def text(self, as_of: date) -> str:
        """The answer as it is read on ``as_of``."""
        return filled(self.answer, as_of)

    def leads(self, says: str) -> Tuple[Optional[str], Optional[str]]:
        """(topic, text) that a value of ``follow_ups`` or ``AskedNext.says`` stands for; one is None."""
        says = self.follow_ups.get(says, says)
        return (says, None) if is_name(says) else (None, says)


def is_name(text: str) -> bool:
    """Whether a text is the name of a topic, or of a follow-up."""
    return bool(_TOPIC_NAME.fullmatch(text))


def topic_before(last: Sequence[str], told: Sequence[str]) -> Optional[str]:
    """The topic that was answered before the ``last`` ones; None where there was none.

    ``told``: keys of what was said, the newest last; each begins with its topic's name. What is everybody's
    situation is asked about in words that fit every topic ("by when"), so nobody goes back to that.
    """
    for key in reversed(told):
        name = _TOPIC_NAME.match(key)
        if name and name.group() not in {*last, *EVERYBODYS}:
            return name.group()
    return None


def filled(text: str, as_of: date) -> str:
    """A text with its ``{figures}`` as they are on ``as_of``."""
    words = {**figures_text(as_of), **firm.words()}
    return _NAME.sub(lambda m: words[m.group(1)], text).strip()


@dataclass(frozen=True)
class _File:
    """A topic file under reading; knows its lines, so that a fault is named with its place."""

    path: Path
    text: str

    def fault(self, what: str, near: str = "") -> TopicError:
        """The error for ``what``, at the first line of the topic part that holds ``near``."""
        lines = self.text.splitlines()
        begin = next((n for n, line in enumerate(lines) if line.startswith("topic:")), 0)
        line = next((n + 1 for n in range(begin, len(lines)) if near and near in lines[n]), 0)
        if near and not line:
            line = next((n + 1 for n, text in enumerate(lines) if near in text), begin + 1)
        where = f", line {line}" if line else ""
        return TopicError(f"data/faq/{self.path.name}{where}: {what}")


@lru_cache(maxsize=None)
def _quick_parser() -> YAML:
    return YAML(typ="safe")  # each new one looks through the installed packages for plug-ins


def load_yaml(text: str) -> Any:
    """What a YAML text holds; raises ``YAMLError``.

    The parser in C takes a twentieth of the time; the one in Python names the line of a fault better.
    """
    try:
        return _quick_parser().load(text)
    except YAMLError:
        return YAML(typ="safe", pure=True).load(text)


def _loaded(file: _File) -> Mapping[str, Any]:
    try:
        content = load_yaml(file.text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        what = str(getattr(error, "problem", None) or "not valid YAML")
        raise TopicError(f"data/faq/{file.path.name}{where}: {what}. Mend the line.") from error
    if not isinstance(content, Mapping):
        raise file.fault("the file is empty or not a mapping.")
    return content


def _read(path: Path) -> Topic:
    name, file = path.stem, _File(path, path.read_text("utf-8"))
    if not _TOPIC_NAME.fullmatch(name):
        raise file.fault("a topic's file is named in small letters, digits and _ (my_topic.yml).")
    content = _loaded(file)
    part = content.get("topic")
    if not isinstance(part, Mapping):
        raise file.fault("the part 'topic:' with the answer is missing.", "topic:")
    for key in part:
        if key not in _FIELDS:
            raise file.fault(f"unknown field {key}.", f"{key}:")
    for key in ("title", "answer"):
        if not str(part.get(key) or "").strip():
            raise file.fault(f"'topic: {key}:' is missing or empty.", f"{key}:")
    follow_ups = part.get("follow_ups") or {}
    for key in follow_ups:
        if key not in ASPECTS:
            raise file.fault(
                f"unknown follow-up {key}. It is one of {', '.join(ASPECTS)}.", f"{key}:"
            )
    asked_next = tuple(_asked_next(content, file))
    known = {*firm.words(), *figures_text(date.today())}
    texts = [str(v) for v in follow_ups.values()] + [asked.says for asked in asked_next]
    for text in (str(part["answer"]), *texts):
        for figure in _NAME.findall(text):
            if figure not in known:
                raise file.fault(
                    f"{{{figure}}} is not in irs/parameters. Check the spelling or add the "
                    f"parameter.",
                    f"{{{figure}}}",
                )
    for key in part.get("references") or ():
        try:
            reference(key)
        except KeyError as error:
            raise file.fault(
                f"reference {key} is not in irs/parameters/references.yml.", str(key)
            ) from error
    intents = [str(i.get("intent")) for i in content.get("nlu") or ()]
    if intents != [f"faq/{name}"]:
        raise file.fault(
            f"'nlu:' must hold exactly the intent faq/{name} (the file's name), found "
            f"{', '.join(intents) or 'none'}.",
            "intent:" if intents else "nlu:",
        )
    return Topic(
        name=name,
        title=str(part["title"]).strip(),
        answer=str(part["answer"]),
        references=tuple(part.get("references") or ()),
        links=tuple((str(x["title"]), str(x["url"])) for x in part.get("links") or ()),
        next=tuple(part.get("next") or ()),
        follow_ups={str(k): str(v).strip() for k, v in follow_ups.items()},
        asked_next=asked_next,
        small_talk=bool(part.get("small_talk", False)),
        starts_plan=bool(part.get("starts_plan", False)),
    )


def _asked_next(content: Mapping[str, Any], file: _File) -> Iterator[AskedNext]:
    for entry in content.get("asked_next") or ():
        if not isinstance(entry, Mapping) or set(entry) != {"says", "wordings"}:
            raise file.fault("each entry of 'asked_next' has 'says' and 'wordings'.", "asked_next:")
        says = str(entry["says"] or "").strip()
        lines = str(entry["wordings"] or "").splitlines()
        wordings = tuple(line[2:].strip() for line in lines if line.startswith("- "))
        if not says or not wordings:
            raise file.fault(
                "an entry of 'asked_next' says nothing, or has no wordings ('- ...').",
                says or "asked_next:",
            )
        yield AskedNext(wordings, says)


def read_topics(folder: Path) -> Dict[str, Topic]:
    """All topics of a folder by name; raises :class:`TopicError` on the first broken file."""
    topics: Dict[str, Topic] = {}
    titles: Dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        topic = topics[path.stem] = _read(path)
        first = titles.setdefault(topic.title.lower(), topic.name)
        if first != topic.name:
            raise _File(path, path.read_text("utf-8")).fault(
                f"the title '{topic.title}' is also that of data/faq/{first}.yml. A visitor could "
                f"not tell them apart.",
                "title:",
            )
    for topic in topics.values():
        leads = [v for v in topic.follow_ups.values() if is_name(v)]
        said = [asked.says for asked in topic.asked_next]
        leads += [v for v in said if is_name(v) and v not in topic.follow_ups]
        for step in (*topic.next, *leads):
            if step not in topics and step not in (PLAN, HUMAN):
                path = folder / f"{topic.name}.yml"
                raise _File(path, path.read_text("utf-8")).fault(
                    f"{step} is no topic. 'next', 'follow_ups' and 'asked_next' name files of "
                    f"data/faq.",
                    step,
                )
    return topics


@lru_cache(maxsize=1)
def topics() -> Dict[str, Topic]:
    """The project's topics, read once a process."""
    return read_topics(FOLDER)


def sources(names: List[str], as_of: Optional[date] = None) -> List[Tuple[str, Optional[str], str]]:
    """The references of some topics, each once: (title, address or None, date of the copy read)."""
    seen: Dict[str, Tuple[str, Optional[str], str]] = {}
    for name in names:
        for key in topics()[name].references if name in topics() else ():
            found = reference(key)
            seen.setdefault(key, (found.title, found.url, found.as_of))
    return list(seen.values())
