"""The FAQ topics: one file each in ``data/faq``, read by the action server.

A file carries Rasa's own ``nlu`` part (so training needs nothing of ours) and a ``topic`` part with
the answer. Figures in an answer are ``{names}`` of ``irs/parameters`` and are filled in for the day
the answer is given; a name that does not exist, a missing answer or an unknown next topic is
reported with the file's name. Nothing here imports Rasa: the action server stays small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ruamel.yaml import YAML, YAMLError

from assistant import firm
from irs.figures import figures_text, reference

FOLDER = Path(__file__).resolve().parent.parent / "data" / "faq"
PLAN = "plan"  # a next step that starts the plan questions
HUMAN = "human"  # a next step that reaches the firm
HUMAN_TOPIC = "talk_to_human"
_FIELDS = {"title", "answer", "references", "links", "next", "small_talk", "starts_plan"}
_NAME = re.compile(r"\{([a-z0-9_]+)\}")


class TopicError(ValueError):
    """A topic file is broken; the message names the file and what to mend."""


@dataclass(frozen=True)
class Topic:
    """One topic. ``answer`` still holds its ``{figure}`` names; see :meth:`text`."""

    name: str
    title: str
    answer: str
    references: Tuple[str, ...] = ()
    links: Tuple[Tuple[str, str], ...] = ()  # (title, address)
    next: Tuple[str, ...] = ()
    small_talk: bool = False  # said in passing: never part of an answer to several questions
    starts_plan: bool = False  # an amount told with this question starts the plan questions

    def text(self, as_of: date) -> str:
        """The answer as it is read on ``as_of``."""
        words = {**figures_text(as_of), **firm.words()}
        return _NAME.sub(lambda m: words[m.group(1)], self.answer).strip()


def _read(path: Path) -> Topic:
    name = path.stem
    try:
        content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(path.read_text("utf-8")) or {}
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise TopicError(f"data/faq/{path.name}{where}: not valid YAML.") from error
    part = content.get("topic")
    if not isinstance(part, Mapping):
        raise TopicError(f"data/faq/{path.name}: the part 'topic:' with the answer is missing.")
    unknown = set(part) - _FIELDS
    if unknown:
        raise TopicError(f"data/faq/{path.name}: unknown field {', '.join(sorted(unknown))}.")
    for field in ("title", "answer"):
        if not str(part.get(field) or "").strip():
            raise TopicError(f"data/faq/{path.name}: 'topic: {field}:' is missing or empty.")
    for figure in _NAME.findall(part["answer"]):
        if figure not in firm.words() and figure not in figures_text(date.today()):
            raise TopicError(
                f"data/faq/{path.name}: the answer names {{{figure}}}, which is not in "
                f"irs/parameters. Check the spelling or add the parameter."
            )
    for key in part.get("references") or ():
        try:
            reference(key)
        except KeyError as error:
            raise TopicError(
                f"data/faq/{path.name}: reference {key} is not in irs/parameters/references.yml."
            ) from error
    intents = [str(i.get("intent")) for i in content.get("nlu") or ()]
    if intents != [f"faq/{name}"]:
        raise TopicError(
            f"data/faq/{path.name}: 'nlu:' must hold exactly the intent faq/{name} "
            f"(the file's name), found {', '.join(intents) or 'none'}."
        )
    return Topic(
        name=name,
        title=str(part["title"]).strip(),
        answer=str(part["answer"]),
        references=tuple(part.get("references") or ()),
        links=tuple((str(x["title"]), str(x["url"])) for x in part.get("links") or ()),
        next=tuple(part.get("next") or ()),
        small_talk=bool(part.get("small_talk", False)),
        starts_plan=bool(part.get("starts_plan", False)),
    )


def read_topics(folder: Path) -> Dict[str, Topic]:
    """All topics of a folder by name; raises :class:`TopicError` on the first broken file."""
    topics = {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}
    for topic in topics.values():
        for step in topic.next:
            if step not in topics and step not in (PLAN, HUMAN):
                raise TopicError(
                    f"data/faq/{topic.name}.yml: 'next' names {step}, which is no topic."
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
