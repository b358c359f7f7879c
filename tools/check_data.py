"""Names a broken file in data/ with its line, before training starts (runs in the Rasa environment)."""

import sys
from pathlib import Path

from ruamel.yaml import YAMLError

from assistant.topics import FOLDER, TopicError, load_yaml, read_topics

ROOT = Path(__file__).resolve().parent.parent
FEWEST_EXAMPLES = (
    10  # of an intent; with fewer it is found by luck (docs/adding-a-topic.md asks for 30)
)
NEVER_TYPED = {"get_started"}  # only ever sent by the frontdesk


def first_fault(root):
    """A sentence about the first file that cannot be read, or None."""
    for path in [root / "config.yml", root / "domain.yml", *sorted((root / "data").rglob("*.yml"))]:
        name = path.relative_to(root)
        try:
            content = load_yaml(path.read_text("utf-8"))
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f", line {mark.line + 1}" if mark else ""
            what = getattr(error, "problem", None) or "cannot be read"
            return f"{name}{where} is not valid YAML ({what}). Mend it and start again."
        except (OSError, UnicodeDecodeError) as error:
            return f"{name} cannot be read ({error}). Mend it and start again."
        if not isinstance(content, dict):
            return f"{name} is empty or not a mapping. Mend it and start again."
    try:
        read_topics(root / FOLDER.relative_to(ROOT))
    except TopicError as error:
        return f"{error}"
    return _fault_of_examples(root)


def _fault_of_examples(root):
    """The first intent that two files claim, example that two intents share, or intent with too few."""
    owners, seen = {}, {}
    for path in sorted((root / "data").rglob("*.yml")):
        name, intent, count = path.relative_to(root), None, 0
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            place = f"{name}, line {number}"
            if line.startswith(("- intent:", "asked_next:", "topic:")):
                if intent and count < FEWEST_EXAMPLES and intent not in NEVER_TYPED:
                    return f"{name}: {intent} has {count} examples; it needs {FEWEST_EXAMPLES}."
                intent, count = line.partition(":")[2].strip() or None, 0
                if intent and owners.setdefault(intent, place) != place:
                    return (
                        f"{place}: the intent {intent} is also in {owners[intent]}. Name it anew."
                    )
            elif intent and line.strip().startswith("- "):
                count += 1
                text = line.strip()[2:].strip().lower()
                first, owner = seen.setdefault(text, (place, intent))
                if owner != intent:
                    return (
                        f"{place}: the example '{text}' is also {owner}'s ({first}). An example can "
                        f"teach one intent only."
                    )
    return None


if __name__ == "__main__":
    fault = first_fault(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    if fault:
        print(fault)
    sys.exit(1 if fault else 0)
