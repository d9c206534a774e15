"""Where members are drawn: inside the picture, apart from each other, always at the same place, and soon."""

from __future__ import annotations

import numpy as np
import pytest

import engagesim as es
from engagesim.structures import build
from engagesim.web.layout import has_tree, layout, same_positions

SIZES = {"employees": 300, "customers": 200, "partners": 60}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("plain_organization", {}),
        ("the_pyramid", {}),
        ("fewer_bosses_no_bridges", {}),
        ("wirearchy", {"employees": 8_000, "customers": 9_000, "partners": 3_000}),
        ("plain_organization", {"form": "small_world"}),
        ("plain_organization", {"form": "scale_free", **SIZES}),
        ("plain_organization", {"form": "groups"}),
        ("plain_organization", {"form": "star"}),
        ("plain_organization", {"form": "complete", "employees": 30, "customers": 5, "partners": 0}),
        ("plain_organization", {"employees": 1, "customers": 0, "partners": 0}),
        ("plain_organization", {"employees": 0, "customers": 9, "partners": 0}),
        ("plain_organization", {"employees": 5, "customers": 0, "partners": 2}),
    ],
)
def test_everybody_is_inside_and_nobody_on_another(name: str, changes: dict[str, object]):
    network = build(es.Scenario.load(name).changed(**changes).values, 1)
    x, y = layout(network)
    assert x.shape == y.shape == (network.size,)
    assert x.dtype == y.dtype == np.float32
    for column in (x, y):
        assert np.isfinite(column).all()
        assert column.min() >= 0.0
        assert column.max() <= 1.0
    assert len(np.unique(np.stack((x, y), axis=1), axis=0)) >= 0.98 * network.size
    again = layout(network)
    np.testing.assert_array_equal(again[0], x)
    np.testing.assert_array_equal(again[1], y)


def test_managers_stand_above_their_people():
    network = build(es.Scenario.load("the_pyramid").values, 1)
    x, y = layout(network)
    led = np.flatnonzero(network.manager >= 0)
    assert (y[network.manager[led]] < y[led]).all()
    assert y[network.role == 0].max() < y[network.role != 0].min()
    assert np.abs(x[network.manager[led]] - x[led]).mean() < 0.2


def test_communities_stay_together():
    network = build(es.Scenario.load("plain_organization").values, 1)
    x, y = layout(network)
    points, unit = np.stack((x, y), axis=1), network.unit
    outside = network.role != 0
    centers = {u: points[outside & (unit == u)].mean(axis=0) for u in np.unique(unit[outside])}
    names, places = list(centers), np.array(list(centers.values()))
    nearest = np.argmin(np.linalg.norm(points[outside][:, None] - places, axis=2), axis=1)
    assert (np.array(names)[nearest] == unit[outside]).all()


def test_who_is_tied_stands_closer_than_strangers():
    network = build(es.Scenario.load("plain_organization").changed(form="groups", **SIZES).values, 1)
    x, y = layout(network)
    points = np.stack((x, y), axis=1)
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    tied = np.linalg.norm(points[owner] - points[network.neighbour], axis=1).mean()
    strangers = np.linalg.norm(points - points[np.random.default_rng(0).permutation(network.size)], axis=1).mean()
    assert tied < 0.3 * strangers


def test_designs_with_the_same_positions_are_drawn_alike():
    networks = {
        n: build(es.Scenario.load(n).values, 1) for n in ("the_pyramid", "pyramid_with_a_social_network_inside")
    }
    one, other = networks.values()
    assert has_tree(one)
    assert same_positions(one, other)
    flat = build(es.Scenario.load("fewer_bosses_no_bridges").values, 1)
    assert not same_positions(one, flat)
