"""The straight runner gives what dask gives, and runs only what is needed."""

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.graph_runner import StraightRunner


class Node:
    """A node as Rasa's GraphNode answers: (its name, its output)."""

    def __init__(self, name, calls):
        self._name, self._calls = name, calls

    def __call__(self, *inputs):
        self._calls.append(self._name)
        if self._name == "fails":
            raise RuntimeError("broken")
        return self._name, [self._name, *[value for _, value in inputs]]


def runners(needs):
    """(dask's runner, ours, the names of nodes as they were called) of a graph {name: needs}."""
    calls = []
    schema = GraphSchema(
        {
            name: SchemaNode(
                needs={f"p{i}": n for i, n in enumerate(wanted)}, uses=object, constructor_name="x",
                fn="f", config={},
            )
            for name, wanted in needs.items()
        }
    )  # fmt: skip
    dask = DaskGraphRunner.__new__(DaskGraphRunner)
    dask._graph_schema, dask._execution_context = schema, None
    dask._instantiated_nodes = {name: Node(name, calls) for name in needs}
    return dask, StraightRunner.of(dask), calls


GRAPH = {
    "reader": ["__message__"],
    "facts": ["reader"],
    "intent": ["facts", "reader"],
    "rules": ["__tracker__"],
    "choice": ["rules", "intent"],
    "fails": ["reader"],
}


@pytest.mark.parametrize("targets", [["intent"], ["choice"], ["rules"], ["facts", "choice"]])
def test_it_gives_what_dask_gives(targets):
    dask, ours, calls = runners(GRAPH)
    inputs = {"__message__": ["hello"], "__tracker__": object()}
    expected = dask.run(inputs, targets)
    by_dask, calls[:] = list(calls), []
    for _ in range(2):  # the order is worked out once
        assert ours.run(inputs, targets) == expected
        assert sorted(calls) == sorted(by_dask)
        calls.clear()


def test_an_error_of_a_node_is_rasas():
    dask, ours, _ = runners(GRAPH)
    for runner in (dask, ours):
        with pytest.raises(GraphRunError):
            runner.run({"__message__": []}, ["fails"])
