"""Names a broken file in data/ with its line, before training starts (runs in the Rasa environment)."""

import sys
from pathlib import Path

from ruamel.yaml import YAML, YAMLError

from assistant.topics import FOLDER, TopicError, read_topics

ROOT = Path(__file__).resolve().parent.parent


def first_fault(root):
    """A sentence about the first file that cannot be read, or None."""
    for path in [root / "config.yml", root / "domain.yml", *sorted((root / "data").rglob("*.yml"))]:
        name = path.relative_to(root)
        try:
            content = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
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
    return None


if __name__ == "__main__":
    fault = first_fault(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    if fault:
        print(fault)
    sys.exit(1 if fault else 0)
