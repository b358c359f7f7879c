"""Pages, health, headers, migrations, and what may be imported."""

import ast
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
from brain_stand_in import SECRET, _free

from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Base
from frontdesk.settings import Settings

PACKAGE = Path(__file__).resolve().parents[2] / "frontdesk" / "frontdesk"


def test_health_when_all_works(site):
    answer = httpx.get(site + "/health")
    assert answer.status_code == 200
    report = answer.json()
    assert report.pop("handoff").startswith("off: no account")
    assert report == {"status": "ok", "frontdesk": "ok", "rasa": "ok", "actions": "ok"}


def test_health_names_what_does_not_work(settings):
    from brain_stand_in import serving

    from frontdesk.app import make_app

    other = settings.model_copy(update={"rasa_port": _free(), "port": _free()})
    with serving(make_app(other), other.port) as url:
        answer = httpx.get(url + "/health")
        assert answer.status_code == 503
        assert answer.json()["frontdesk"] == "ok" and "does not answer" in answer.json()["rasa"]
    wrong = settings.model_copy(update={"cp503_secret": "other", "port": _free()})
    with serving(make_app(wrong), wrong.port) as url:
        assert "refuses this frontdesk's secret" in httpx.get(url + "/health").json()["rasa"]


def test_every_answer_has_a_strict_policy(site):
    for path in ("/", "/health", "/assets/none.js", "/nowhere"):
        policy = httpx.get(site + path).headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy


def test_a_page_that_is_not_built_says_so(site):
    assert "make setup" in httpx.get(site + "/").text


def test_files_outside_the_page_stay_there(site):
    for path in ("/assets/../../pyproject.toml", "/assets/%2e%2e/%2e%2e/secret"):
        assert httpx.get(site + path).status_code == 404


def test_migrations_make_the_tables_of_the_models(tmp_path):
    migrate(f"sqlite:///{tmp_path}/a.db")
    migrate(f"sqlite:///{tmp_path}/a.db")  # a second start changes nothing
    database = sqlite3.connect(tmp_path / "a.db")
    for table in Base.metadata.sorted_tables:
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({table.name})")}
        assert columns == {c.name for c in table.columns}
    database.close()


def test_a_taken_port_is_one_sentence(site, settings, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk"], capture_output=True, text=True,
        env={"PORT": str(settings.port), "CP503_SECRET": SECRET, "DATA_DIR": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    assert done.returncode == 3
    assert "is taken by another program" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_missing_secret_is_one_sentence():
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk"], capture_output=True, text=True,
        env={"PYTHONPATH": str(PACKAGE.parent)}, cwd="/",
    )  # fmt: skip
    assert done.returncode == 2 and "CP503_SECRET" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_example_lists_every_setting():
    text = (PACKAGE.parents[1] / ".env.example").read_text()
    for name in Settings.model_fields:
        if name != "web_dir":
            assert name.upper() in text, name


def test_the_frontdesk_imports_nothing_of_rasa():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] not in {"rasa", "rasa_sdk", "assistant", "actions"}, path
