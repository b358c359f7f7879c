"""Who may import whom (docs/architecture.md): prints each line that breaks it."""

import ast
import sys

from tools.project import ROOT

OURS = {"irs", "assistant", "actions", "frontdesk", "tools"}
MAY = {
    "irs": {"irs"},
    "assistant": {"irs", "assistant"},
    "actions": {"irs", "assistant", "actions"},
    "frontdesk/frontdesk": {"irs", "frontdesk"},
}
# The action server stays small: these are the parts of `assistant` that load no Rasa.
FOR_ACTIONS = {"assistant.topics", "assistant.firm", "assistant.phrases", "assistant"}


def imported(tree):
    """(line, module) of each absolute import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""


def faults():
    """Every import that is not allowed, as "file:line imports module"."""
    for package, allowed in MAY.items():
        for path in sorted((ROOT / package).rglob("*.py")):
            for line, module in imported(ast.parse(path.read_text("utf-8"))):
                top = module.split(".")[0]
                bad = top in OURS - allowed
                if package == "irs":
                    bad = bad or top in {"rasa", "rasa_sdk", "httpx", "requests", "socket", "time"}
                if package == "actions" and top == "assistant":
                    bad = module not in FOR_ACTIONS
                if package == "frontdesk/frontdesk":
                    bad = bad or top in {"rasa", "rasa_sdk"}
                if bad:
                    yield "%s:%d imports %s" % (path.relative_to(ROOT), line, module)


if __name__ == "__main__":
    found = list(faults())
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)
