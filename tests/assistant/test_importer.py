"""The importer reads what Rasa's own reads, and its examples are copies where Rasa wants copies."""

import copy

import pytest
from rasa.shared.exceptions import YamlException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from assistant.importer import Example, ReadOnce
from tools.project import ROOT

FILES = [str(ROOT / "data" / "nlu"), str(ROOT / "data" / "faq" / "is_it_audit.yml")]


@pytest.fixture(scope="module")
def both():
    return [kind(training_data_paths=FILES).get_nlu_data() for kind in (RasaFileImporter, ReadOnce)]


def test_the_same_data_as_from_rasas_own_importer(both):
    theirs, ours = both
    assert len(ours.training_examples) > 500
    assert [m.data for m in ours.training_examples] == [m.data for m in theirs.training_examples]
    assert ours.responses == theirs.responses
    assert ours.regex_features == theirs.regex_features
    assert ours.entity_synonyms == theirs.entity_synonyms


def test_the_project_is_read_with_it():
    importer = TrainingDataImporter.load_from_config(str(ROOT / "config.yml"), None, FILES)
    assert any(isinstance(m, Example) for m in importer.get_nlu_data().training_examples)


def test_a_copy_can_be_changed_without_changing_the_example():
    example = Example.of(
        Message({"text": "i owe 12k", "entities": [{"entity": "amount", "value": 12000}]})
    )
    before = example.fingerprint()
    other = copy.deepcopy(example)
    assert other == example
    other.get("entities")[0]["value"] = 1
    other.set("intent", "plan", add_to_output=True)
    assert example.get("entities")[0]["value"] == 12000
    assert example.get("intent") is None
    assert "intent" not in example.output_properties
    assert example.fingerprint() == before != other.fingerprint()


def test_a_hash_changes_with_what_is_set_and_only_then():
    example = Example.of(Message({"text": "what is this", "intent": "faq"}))
    before = example.fingerprint()
    example.set("intent", "faq")
    assert example.fingerprint() == before
    example.set("intent", "plan")
    assert example.fingerprint() != before
    same = Example.of(Message({"intent": "plan", "text": "what is this"}))
    assert (example, hash(example)) == (same, hash(same))


@pytest.mark.parametrize(
    "broken",
    [
        "nlu:\n- intent: plan\n  examples: 12\n",  # no text
        "nlu:\n- intent: plan\n  example: |\n    - hi\n",  # no such key
        "nlu:\n- intent: plan\n  examples: |\n    - hi\n nlu: [\n",  # no YAML
        "nlu: []\nnlu: []\n",  # twice
    ],
)
def test_a_broken_file_is_refused_in_rasas_own_words(broken, tmp_path):
    path = tmp_path / "nlu.yml"
    path.write_text(broken, "utf-8")
    said = []
    for importer in (RasaFileImporter, ReadOnce):
        with pytest.raises(YamlException) as error:
            importer(training_data_paths=[str(path)]).get_nlu_data()
        said.append(str(error.value))
    assert said[0] == said[1]
    assert str(path) in said[0]
