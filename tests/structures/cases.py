import networkx as nx
import numpy as np

from engagesim.structures import FREE, KINDS, build
from engagesim.structures.parameters import PARAMETERS

DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS}
BARE = {"customers": 0, "partners": 0, "lateral_tie_rate": 0.0, "boundary_share": 0.0, "team_size": 1}

GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="r" for="node" attr.name="role" attr.type="string"/>
<key id="m" for="node" attr.name="reports_to" attr.type="string"/>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
<key id="k" for="edge" attr.name="kind" attr.type="string"/>
<graph edgedefault="directed">
<node id="top"/><node id="low"><data key="m">top</data></node><node id="out"><data key="r">customer</data></node>
<edge source="low" target="out"><data key="w">3</data><data key="k">account</data></edge>
</graph></graphml>"""


def made(seed=1, **values):
    return build({**DEFAULTS, **values}, seed)


def ties(network, kind=None):
    """The ties as (lower, higher), in order."""
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    neighbour = network.neighbour.astype(np.int64)
    which = owner < neighbour
    if kind is not None:
        which &= network.kind == KINDS.index(kind)
    which &= network.kind != FREE
    return list(zip(owner[which].tolist(), neighbour[which].tolist(), strict=True))


def graph_of(network):
    """The same ties as a graph of networkx."""
    graph = nx.Graph(ties(network))
    graph.add_nodes_from(range(network.size))
    return graph


def same(one, other):
    names = ("start", "neighbour", "strength", "kind", "role", "unit", "manager", "level", "place")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def weighted(graph, seed, least=0.2):
    """The graph, with weights drawn from `least` to 1."""
    rng = np.random.default_rng(seed)
    for a, b in graph.edges:
        graph.edges[a, b]["weight"] = float(rng.uniform(least, 1))
    return graph
