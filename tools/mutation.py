"""``make mutants``: do the tests of the rules notice a rule that is changed? [MODULE ...]

mutmut (in an environment of its own, brought by uv) writes the mutants of each module: one
operator, number, comparison, name or assignment changed at a time. Sentences are no rules, so
strings are left alone; annotations are never evaluated, so those are too. Each mutant is put into
a copy of the package and tested in a forked process with a time limit, the cases first and the
properties, with few examples, after them. The first test that fails kills it. The result, with
every mutant that survived, is in results/mutation.txt.
"""

import ast
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = ("mutmut==2.5.1", "setuptools<81")
MODULES = (
    "money", "interest", "penalty", "account", "schedule", "workdays", "statute", "fees",
    "deadlines", "situation", "case", "conditions", "headline", "options/agreements",
    "options/business", "options/hardship", "options/paying", "options/relief", "options/routes",
    "ways",
)  # fmt: skip
# The tests that know a module best run first, by themselves; then the others in this order.
TESTS = (
    "money", "penalty", "account", "schedule", "workdays", "statute", "fees", "deadlines",
    "situation", "conditions", "options", "case", "headline", "ways", "steps", "wording", "assess",
    "properties",
)  # fmt: skip
FIRST = {
    "interest": ("money",),
    "penalty": ("penalty", "money"),
    "account": ("account", "ways"),
    "schedule": ("schedule", "money", "ways"),
    "conditions": ("conditions", "options"),
    "headline": ("headline", "options"),
    "case": ("case", "options"),
    **dict.fromkeys([m for m in MODULES if m.startswith("options/")], ("conditions", "options")),
}
EXAMPLES = 12  # of each property, for each mutant

# Survivors that no test can kill: (module, the line as it is, the line as it was changed): why.
CACHE = "a cache: only slower"
SAME = {}


# Written by mutmut's own Python: the mutants as JSON.


def bare(source):
    """What runs of a source: its tree without annotations."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            if getattr(node, field, None) is not None:
                setattr(node, field, ast.Constant(value=0))
    return ast.dump(tree)


def make_mutants(modules):
    """Print, for each mutant: module, line number, the line, the changed line, the new source."""
    import mutmut

    for kind in ("string", "fstring"):
        del mutmut.mutations_by_type[kind]
    for module in modules:
        source = Path("irs", module + ".py").read_text("utf-8")
        told = bare(source)
        for found in mutmut.list_mutations(mutmut.Context(source=source)):
            changed, _ = mutmut.mutate(mutmut.Context(source=source, mutation_id=found))
            try:
                if bare(changed) == told:
                    continue
            except SyntaxError:
                continue
            old, new = source.split("\n"), changed.split("\n")
            line, shown = changed_line(old, new, found.line_number)
            print(json.dumps([module, found.line_number + 1, line, shown, changed]))


def changed_line(old, new, number):
    """The line as it was and as it is; a line that went away shows as nothing."""
    for before, after in zip(old, new):
        if before != after and after.strip() and len(new) == len(old):
            return before.strip(), after.strip()
    return old[number].strip(), ""


# Run by the project's Python, in the copy: each mutant in a fork.


class Order:
    """A pytest plugin: cases before properties, files in an order, few examples."""

    def __init__(self, names):
        self.rank = {"test_%s.py" % name: place for place, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items):
        """Sort, and cut the examples."""
        from hypothesis import settings

        def place(item):
            return (hasattr(item.obj, "hypothesis"), self.rank.get(item.path.name, len(TESTS)))

        items.sort(key=place)
        name = "_hypothesis_internal_use_settings"
        for item in items:
            test = getattr(item.obj, "__func__", item.obj)
            if hasattr(test, "hypothesis"):
                told = getattr(test, name, None) or settings()
                few = min(EXAMPLES, told.max_examples)
                cut = settings(
                    told, max_examples=few, derandomize=True, database=None, deadline=None
                )
                setattr(test, name, cut)


def attempt(module, limit):
    """Run the tests in a fork: "killed", "timeout" or "survived", and how long it took."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        code = 3
        try:
            os.setsid()
            quiet = os.open(os.devnull if limit else "first.log", os.O_WRONLY | os.O_CREAT)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            import pytest

            words = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "--tb=short"]
            first = FIRST.get(module, (module,))
            for names in (first, [name for name in TESTS if name not in first]):
                paths = ["tests/irs/test_%s.py" % name for name in names]
                paths = [path for path in paths if Path(path).is_file()]
                code = int(pytest.main([*words, *paths], plugins=[Order(names)])) if paths else 0
                if code:
                    break
        finally:
            os._exit(code)
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        took = time.monotonic() - began
        if done:
            ended = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
            return ("survived" if ended else "killed"), took
        if limit and took > limit:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "timeout", took
        time.sleep(0.01)


def try_mutants(folder):
    """Test each mutant read from standard input in the copy at ``folder``; print the outcomes."""
    os.chdir(folder)
    sys.path[:] = [folder, *(p for p in sys.path if p and Path(p).resolve() != ROOT)]
    sys.dont_write_bytecode = True
    # What no mutant changes is loaded once, here, and shared by every fork.
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401
    import ruamel.yaml

    import irs.figures

    assert Path(folder, "irs", "parameters") == irs.figures.FOLDER, irs.figures.FOLDER
    irs.figures.parameters()
    warm(ruamel.yaml.YAML)
    outcome, took = attempt("money", 0)
    print(json.dumps([outcome, took]), flush=True)
    limit = 2 * took + 5
    for text in sys.stdin:
        module, _, _, _, source = json.loads(text)
        path = Path("irs", module + ".py")
        kept = path.read_text("utf-8")
        path.write_text(source, "utf-8")
        try:
            print(json.dumps(attempt(module, limit)), flush=True)
        finally:
            path.write_text(kept, "utf-8")


def warm(reader):
    """Read every case file once: a YAML file is slower to read than most mutants are to kill."""
    import copy

    load, held = reader.load, {}

    def remembered(self, stream):
        if not isinstance(stream, str):
            return load(self, stream)
        if stream not in held:
            held[stream] = load(self, stream)
        return copy.deepcopy(held[stream])

    reader.load = remembered
    for path in Path("tests/irs/cases").rglob("*.yml"):
        reader(typ="safe", pure=True).load(path.read_text("utf-8"))


# Run by any Python 3.8+: make the mutants, try them, tell.


def mutants_of(modules):
    """The mutants mutmut makes, in the order of the modules."""
    from tools.console import Stop
    from tools.project import RASA_PYTHON, environment
    from tools.setup import uv

    command = [uv(), "tool", "run", "--python", RASA_PYTHON.resolve(), "--from", MUTMUT[0]]
    command += ["--with", MUTMUT[1], "python", Path(__file__).resolve(), "--make", *modules]
    done = subprocess.run(
        [str(word) for word in command], cwd=str(ROOT), env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, universal_newlines=True,
    )  # fmt: skip
    if done.returncode:
        raise Stop("mutmut made no mutants: %s" % done.stderr.strip().splitlines()[-1:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def outcomes(mutants):
    """Yield the outcome of each mutant."""
    from tools.console import Stop, tell
    from tools.project import RASA_PYTHON, environment

    env = environment({"PYTHONDONTWRITEBYTECODE": "1"})
    with tempfile.TemporaryDirectory() as folder:
        folder = str(Path(folder).resolve())
        skip = ignore_patterns("__pycache__", "*.egg-info")
        copytree(str(ROOT / "irs"), folder + "/irs", ignore=skip)
        copytree(str(ROOT / "tests" / "irs"), folder + "/tests/irs", ignore=skip)
        for name in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
            if (ROOT / name).is_file():
                Path(folder, name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
        command = [str(RASA_PYTHON), str(Path(__file__).resolve()), "--try", folder]
        source = Path(folder, "mutants.jsonl")
        source.write_text("".join(json.dumps(m) + "\n" for m in mutants), "utf-8")
        with source.open() as told:
            worker = subprocess.Popen(
                command, cwd=folder, env=env, stdin=told, stdout=subprocess.PIPE,
                universal_newlines=True,
            )  # fmt: skip
            try:
                line = worker.stdout.readline()
                if not line or json.loads(line)[0] != "survived":
                    log = Path(folder, "first.log")
                    said = log.read_text("utf-8").strip()[-1500:] if log.is_file() else ""
                    raise Stop("The tests fail without any mutant; mend that first.\n" + said)
                tell("The tests take %.1f s without a mutant." % json.loads(line)[1])
                for line in worker.stdout:
                    yield json.loads(line)[0]
            finally:
                worker.kill()
                worker.wait()


def why(module, line, shown):
    """Why a survivor changes nothing, where that is known."""
    return CACHE if line.startswith("@lru_cache") else SAME.get((module, line, shown))


def report(done):
    """The lines of the result: a table of the modules, then every survivor."""
    rows, left = [], []
    total = [0, 0, 0]
    for module in MODULES:
        ours = [(mutant, outcome) for mutant, outcome in done if mutant[0] == module]
        alive = [mutant for mutant, outcome in ours if outcome == "survived"]
        known = sum(1 for m in alive if why(*m[:1], *m[2:4]))
        if not ours:
            continue
        killed = len(ours) - len(alive)
        rows.append(row("irs/%s.py" % module, killed, len(alive), known))
        total = [a + b for a, b in zip(total, (killed, len(alive), known))]
        for name, number, line, shown, _ in alive:
            reason = why(name, line, shown)
            left.append("irs/%s.py:%d" % (name, number))
            left.append("    %s" % line)
            left.append("    -> %s" % (shown or "(line removed)"))
            left.append("    %s" % ("the same: " + reason if reason else "NOT KILLED"))
    head = "%-30s %7s %9s %8s %12s" % ("module", "killed", "survived", "killed %", "of these same")
    slow = sum(1 for _, outcome in done if outcome == "timeout")
    words = (
        "Mutants by %s: strings (sentences) and annotations are left alone. %d of the killed ran "
        "into the time limit. Survivors that change nothing count as survived." % (MUTMUT[0], slow)
    )
    return [words, "", head, *rows, row("all", *total), "", *left]


def row(name, killed, survived, known):
    """One line of the table."""
    share = 100.0 * killed / (killed + survived)
    return "%-30s %7d %9d %7.1f%% %12d" % (name, killed, survived, share, known)


def run():
    """All mutants, or those of the modules named."""
    from tools.console import Stop, tell

    modules = [name[4:] if name.startswith("irs/") else name for name in sys.argv[1:]]
    modules = [name[:-3] if name.endswith(".py") else name for name in modules]
    for name in modules:
        if name not in MODULES:
            raise Stop("%s is none of the modules: %s" % (name, ", ".join(MODULES)), 2)
    began = time.monotonic()
    mutants = mutants_of(modules or MODULES)
    tell("%d mutants." % len(mutants))
    done = []
    for outcome in outcomes(mutants):
        done.append((mutants[len(done)], outcome))
        if outcome == "survived" or len(done) % 50 == 0:
            mutant = done[-1][0]
            tell("%5d %s:%d %s" % (len(done), mutant[0], mutant[1], outcome))
    if len(done) < len(mutants):
        raise Stop("The tests stopped after %d of %d mutants." % (len(done), len(mutants)))
    lines = report(done)
    (ROOT / "results").mkdir(exist_ok=True)
    path = ROOT / "results" / "mutation.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    tell("\n".join(lines[: lines.index("", 2)]))
    tell("%s; %.0f minutes." % (path.relative_to(ROOT), (time.monotonic() - began) / 60))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make_mutants(sys.argv[2:])
    elif sys.argv[1:2] == ["--try"]:
        try_mutants(sys.argv[2])
    else:
        from tools import console

        console.main(run)
