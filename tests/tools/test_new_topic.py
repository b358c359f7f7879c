"""A newcomer adds a topic in one file, trains, and it answers."""

import json
import shutil
import subprocess

import pytest

from tools.project import RASA_PYTHON, ROOT, environment

PARTS = ("data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "uv.lock",
         "actions", "assistant", "tools", "pyproject.toml")  # fmt: skip
TOPIC = """version: "3.1"
nlu:
- intent: faq/office_parking
  examples: |
    - where do i park when i come to see you
    - is there parking at your office
    - do you have a parking lot
    - can i leave my car in front of the firm
    - parking?
    - is parking free at your place
    - how do i get a parking spot for my appointment
    - do i have to pay for parking when i visit
    - is there a garage near your office
    - my truck is large, will it fit in your lot
    - handicapped parking available?
    - street parking near you
    - where should my husband wait with the car
    - are there parking spaces for visitors
    - which entrance has parking
topic:
  title: "Where can I park?"
  answer: |
    Behind the building; visitors park free. The entrance is on the side street.
  next: [talk_to_human, what_to_do_now]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project's own parts in a folder of their own."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    (folder / "models").mkdir()
    return folder


def run(folder, *words, **more):
    env = {**environment(), "PYTHONPATH": str(folder)}
    return subprocess.run(
        [str(RASA_PYTHON), *words], cwd=folder, env=env, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, **more,
    )  # fmt: skip


def test_a_topic_in_one_file_answers_after_training(project):
    (project / "data" / "faq" / "office_parking.yml").write_text(TOPIC)
    script = (
        "from tools import train, project\n"
        f"project.RASA_PYTHON = train.RASA_PYTHON = __import__('pathlib').Path({str(RASA_PYTHON)!r})\n"
        "print(train.train())"
    )
    done = run(project, "-c", script)
    assert done.returncode == 0, done.stdout[-2000:]
    asked = ["is there somewhere to leave my car at your office", "is this an audit"]
    done = run(project, "-m", "tools.understand", input="\n".join(map(json.dumps, asked)))
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [f["topics"] for f in found] == [["office_parking"], ["is_it_audit"]], done.stdout[
        -2000:
    ]


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("where do i park when i come to see you", "qwerty", "line 5: the example 'qwerty' is also"),
        ("  title:", "  titel:", "unknown field titel"),
        ("park free", "park for {parking_fee}", "{parking_fee} is not in irs/parameters"),
        ("    - parking?\n", "    - parking?\n  - oops: [\n", "line "),
    ],
)  # fmt: skip
def test_a_broken_topic_is_named_with_its_line_before_training(project, old, new, sentence):
    file = project / "data" / "faq" / "office_parking.yml"
    file.write_text(TOPIC.replace(old, new, 1))
    done = run(project, "-m", "tools.check_data")
    file.unlink()
    assert done.returncode == 1 and sentence in done.stdout, done.stdout
    assert "data/faq/office_parking.yml" in done.stdout
