"""What is asked after an answer is found among what that topic's people ask, and nothing else is."""

import numpy as np
import pytest

from assistant.nlu import next_asked
from assistant.nlu.next_asked import NextAsked, learned
from assistant.topics import AskedNext, Topic

SIZE = 12


def around(direction, count=6, seed=0):
    """Texts of one meaning: rows near a unit vector."""
    chance = np.random.default_rng(seed + direction)
    vectors = np.eye(SIZE)[direction] + 0.1 * chance.standard_normal((count, SIZE))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


@pytest.fixture(scope="module")
def trained():
    asked = {
        "check": [
            ("payee", around(0)),
            ("Where? On your notice.", around(1)),
            ("debit", around(2)),
        ],
        "debit": [("time", around(3)), ("payee", around(4))],
    }
    others = np.vstack([around(n, count=20) for n in (7, 8, 9)])
    return NextAsked.train(asked, others)


def test_the_thing_asked_is_found_for_the_topic_answered_last(trained):
    found = trained.find(["check"], around(1, seed=50)[0])
    assert (found.topic, found.says) == ("check", "Where? On your notice.") and found.score > 0.5
    assert trained.find(["debit"], around(3, seed=50)[0]).says == "time"


def test_of_several_topics_the_likeliest_says_it(trained):
    assert trained.find(["check", "debit"], around(3, seed=50)[0]).topic == "debit"
    assert trained.find(["debit", "check"], around(0, seed=50)[0]).topic == "check"


def test_people_go_back_to_the_topic_before_where_that_is_likelier(trained):
    row = around(0, seed=50)[0]
    back = trained.find(["debit"], row, earlier="check")
    assert back.topic == "check"
    assert back.score == pytest.approx(trained.find(["check"], row).score - next_asked.EARLIER)
    assert trained.find(["debit"], around(3, seed=50)[0], earlier="check").topic == "debit"
    assert trained.find(["check"], row, earlier="check") == trained.find(["check"], row)
    assert trained.find([], row, earlier="check") is None


def test_what_is_asked_of_nothing_scores_low(trained):
    assert trained.find(["check"], around(8, seed=50)[0]).score < 0.3


def test_topics_without_such_questions_know_nothing(trained):
    assert trained.find([], around(0)[0]) is None
    assert trained.find(["plan", "lien"], around(0)[0]) is None
    assert NextAsked({}).find(["check"], around(0)[0]) is None


def test_it_comes_back_from_the_model_the_same(trained):
    back = NextAsked.from_state(*trained.state())
    for direction in range(SIZE):
        row = around(direction, seed=9)[0]
        ours, theirs = trained.find(["check", "debit"], row), back.find(["check", "debit"], row)
        assert ours[:2] == theirs[:2] and abs(ours.score - theirs.score) < 0.01
    assert NextAsked.from_state(*NextAsked({}).state()).find(["check"], around(0)[0]) is None


def test_the_wordings_of_the_topic_files_are_learned(monkeypatch):
    def encode(texts, encoder):
        return np.eye(SIZE, dtype=np.float32)[
            [["who", "when", "else"].index(text.split()[0]) for text in texts]
        ]

    topics = [
        Topic("check", "t", "a", asked_next=(AskedNext(("who to", "who is it"), "payee"),
                                             AskedNext(("when", "when is it"), "Soon."))),
        Topic("lien", "t", "a"),
    ]  # fmt: skip
    monkeypatch.setattr(next_asked, "MOST_OTHERS", 2)
    monkeypatch.setattr(next_asked.known_vectors, "encode", encode)
    model = learned(topics, ["else one", "else two", "else three"], None)
    row = encode(["when"], None)[0]
    assert model.find(["check"], row).says == "Soon." and model.find(["lien"], row) is None
    assert learned([Topic("lien", "t", "a")], [], None).find(["lien"], row) is None
