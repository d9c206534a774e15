import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import InputError, simulate
from engagesim.agents import Levers
from engagesim.agents.messaging import mix_of
from engagesim.rules.media import (
    ATTRIBUTES,
    FRAGMENTATION,
    KINDS,
    MEDIA,
    MIX,
    NUMBER,
    PARAMETERS,
    REACH,
    RECEIVER_COST,
    RICHNESS,
    SENDER_COST,
    SYNCHRONY,
    USES,
    WITHOUT,
    attention_taken,
    connectivity_of,
    message_load,
    messages_sent,
    number_of_media,
    repair_over,
    strain,
    update_response,
    work_life_conflict,
)

from .cases import (
    EMPLOYEES_ONLY,
    RING,
    alone,
    close,
    followed,
    lively,
    matrix,
    network_of,
    organization,
    scheduled,
    sums,
)

SHARE = st.floats(0, 1)
NO_USE = {f"use_{medium}": 0.0 for medium in MEDIA}
EMAIL, VIDEO = MEDIA.index("email"), MEDIA.index("video")


def mix(**used):
    defaults = {p.name: p.default for p in PARAMETERS if not p.static}
    return mix_of(Levers(**{**defaults, **NO_USE, **{f"use_{medium}": use for medium, use in used.items()}}))


def test_every_medium_has_all_attributes_a_use_and_a_lever():
    assert [medium for medium, *_ in USES] == list(MEDIA)
    assert [p.name for p in PARAMETERS[: len(MEDIA)]] == list(NO_USE)
    assert len(ATTRIBUTES) == len(MEDIA) == 10
    assert all(len(row) == KINDS == len(WITHOUT) and all(0 <= a <= 1 for a in row) for row in ATTRIBUTES)


@given(st.lists(st.floats(0, 1), min_size=10, max_size=10))
def test_a_mix_lies_between_its_media(uses):
    found = mix(**dict(zip(MEDIA, uses, strict=True)))
    assert len(found) == MIX
    assert all(0 <= a <= 1 for a in found[:KINDS])
    assert found[NUMBER] == 0 or 1 <= found[NUMBER] <= 10
    assert 0 <= found[FRAGMENTATION] < 1


@pytest.mark.parametrize("n", range(1, 11))
@pytest.mark.parametrize("use", [1.0, 0.3])
def test_n_media_in_equal_use_count_as_n(n, use):
    found = mix(**dict.fromkeys(MEDIA[:n], use))
    assert found[NUMBER] == pytest.approx(n)
    assert found[FRAGMENTATION] == pytest.approx(1 - 1 / n)
    assert found[:KINDS] == pytest.approx(np.mean(ATTRIBUTES[:n], axis=0))


def test_a_mix_by_hand():
    found = mix(email=0.9, video=0.3)
    assert found[RICHNESS] == pytest.approx(0.75 * ATTRIBUTES[EMAIL][0] + 0.25 * ATTRIBUTES[VIDEO][0])
    assert found[NUMBER] == pytest.approx(1 / (0.75**2 + 0.25**2)) == number_of_media(1.2, 0.9)
    assert mix() == [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert number_of_media(1.0, 0.0999) == 10, "rounding never makes more than ten of ten"


@given(SHARE, SHARE, SHARE)
def test_connectivity_follows_its_shares(u, hyper, rest):
    more = (1 - hyper) * rest
    expected = 2.0 if u < hyper else 1.2 if u < hyper + more else 0.5
    assert connectivity_of(u, hyper, more, 2.0, 1.2, 0.5) == expected


@given(st.floats(0, 100), st.floats(0, 10), SHARE, SHARE, SHARE)
def test_most_is_sent_where_sending_is_free(rate, connectivity, reach, cost, effort):
    sent = messages_sent(rate, connectivity, reach, cost, effort)
    assert 0 <= sent <= messages_sent(rate, connectivity, reach, 0.0, effort)
    assert messages_sent(rate, connectivity, reach, 1.0, effort) == 0


@given(st.floats(0, 1e4), SHARE, SHARE, SHARE, st.floats(0, 5), SHARE)
def test_receivers_pay(received, receiver_cost, cost, fragmentation, fragmentation_cost, contacts):
    load = message_load(received, receiver_cost, cost, fragmentation, fragmentation_cost)
    assert load == pytest.approx(received * receiver_cost * cost * (1 + fragmentation * fragmentation_cost))
    assert attention_taken(contacts, load) == min(1.0, contacts + load)
    assert attention_taken(contacts, 0.0) == contacts


@given(SHARE, SHARE, st.floats(0, 10), SHARE, SHARE, SHARE)
def test_the_pace_of_answering_is_a_share_that_partners_only_raise(now, partners, connectivity, norm, imitation, pull):
    new = update_response(now, partners, connectivity, norm, imitation, pull)
    assert 0 <= new <= 1
    assert new >= update_response(now, 0.0, connectivity, norm, imitation, pull)
    assert update_response(now, partners, connectivity, norm, 0.0, 0.0) == now


def test_the_pace_of_answering_by_hand():
    assert update_response(0.4, 0.6, 1.0, 0.3, 0.1, 0.05) == pytest.approx(0.4 + 0.02 - 0.005)
    assert update_response(0.4, 0.2, 2.0, 0.3, 0.1, 0.05) == pytest.approx(0.4 + 0.01)


@given(SHARE, SHARE, SHARE, SHARE)
def test_conflict_strain_and_repair(response, synchrony, support, cost):
    conflict = work_life_conflict(response, synchrony, support)
    assert 0 <= conflict <= response
    assert strain(conflict, cost) == cost * conflict
    assert work_life_conflict(response, synchrony, 1.0) == work_life_conflict(response, 0.0, support) == 0
    assert repair_over(0.02, 1.0, cost) == repair_over(0.02, synchrony, 0.0) == 0.02
    assert repair_over(0.02, 0.25, 0.4) == pytest.approx(0.02 * 0.7)


ALIKE = {"hyperconnected_factor": 1.0, "connected_factor": 1.0, "other_factor": 1.0}
CALM = {**EMPLOYEES_ONLY, **RING, "motivation_mean": 0.5}


def test_the_norm_alone_is_reached_along_the_closed_form():
    design = alone(**CALM, **ALIKE, response_start=0.9, response_norm=0.2, response_pull=0.1, steps=80)
    response, _ = followed(design, "response")
    assert close(response, 0.2 + 0.7 * 0.9 ** np.arange(1, 81)[:, None], 1e-12)


def test_imitation_alone_ends_at_the_fastest():
    """The first week brings everybody to its own pace; then they only look at each other."""
    design = scheduled(
        alone(**CALM, response_norm=0.4, response_imitation=0.5, response_pull=1.0, steps=300),
        (1, "response_pull", 0.0),
    )  # fmt: skip
    response, _ = followed(design, "response", seed=2)
    assert set(np.round(response[0], 12)) == {0.22, 0.46, 0.8}
    assert (np.diff(response[1:], axis=0) >= 0).all()
    assert close(response[-1], 0.8, 1e-3)


def test_norm_and_imitation_balance_where_the_equations_say():
    design = alone(
        **{**CALM, "rewiring": 0.2}, response_norm=0.4, response_imitation=0.1, response_pull=0.05, steps=400
    )
    response, connectivity, _ = followed(design, "response", "connectivity", seed=3)
    weights = matrix(network_of(design, 3))
    weights /= weights.sum(axis=1, keepdims=True)
    target = np.minimum(1.0, 0.4 * connectivity[-1])
    rest = target
    for _ in range(2000):
        partners = weights @ rest
        rest = np.where(partners > target, (0.05 * target + 0.1 * partners) / 0.15, target)
    assert np.abs(response[-1] - rest).max() < 1e-9
    assert response[-1].mean() > target.mean() + 0.02, "the norm ratchets up by imitation"


def test_messages_and_their_load_by_hand():
    design = alone(
        **CALM, **ALIKE, **{**NO_USE, "use_email": 0.5, "use_chat": 0.5}, message_rate=2.0, message_cost=0.05,
        fragmentation_cost=0.4, steps=2,
    )  # fmt: skip
    run = simulate(design)
    email, chat = ATTRIBUTES[EMAIL], ATTRIBUTES[MEDIA.index("chat")]
    mean = [(a + b) / 2 for a, b in zip(email, chat, strict=True)]
    sent = 2.0 * mean[REACH] * (1 - mean[SENDER_COST]) * 0.5
    weights = matrix(network_of(design))
    load = mean[RECEIVER_COST] * 0.05 * weights.sum() * sent * (1 + 0.4 * 0.5)
    first = {name: series[0] for name, series in sums(run).items()}
    assert first["messages"] == pytest.approx(24 * sent, rel=1e-6)
    assert first["message_load"] == pytest.approx(load, rel=1e-6)
    assert first["contact_load"] == pytest.approx(load, rel=1e-6), "attention is taken though contacts cost nothing"
    assert organization(run, "richness")[0] == pytest.approx(mean[RICHNESS])
    assert organization(run, "media")[0] == pytest.approx(2)


def test_always_on_leads_to_more_exhaustion_than_anywhen_and_boundaries_help():
    tired = {**CALM, **ALIKE, "drain": 0.03, "rest": 0.08, "buffer": 0.0, "conflict_cost": 0.5, "steps": 300}
    ends = {}
    for name, response, support in (("always on", 1.0, 0.0), ("protected", 1.0, 0.5), ("anywhen", 0.0, 0.0)):
        run = simulate(alone(**tired, response_start=response, boundary_support=support))
        ends[name] = sums(run)["exhaustion"][-1] / 24
        conflict = sums(run)["conflict"][-1] / 24
        synchrony = mix_of(Levers(**{p.name: p.default for p in PARAMETERS if not p.static}))[SYNCHRONY]
        assert conflict == pytest.approx(response * synchrony * (1 - support), abs=1e-8)
        assert ends[name] == pytest.approx(0.03 * (0.5 + 0.5 * conflict) / 0.08, abs=1e-6)
    assert ends["always on"] > ends["protected"] > ends["anywhen"]


@pytest.mark.parametrize(("media", "richness"), [({"use_video": 1.0}, 0.9), ({"use_text": 1.0}, 0.2), ({}, 1.0)])
def test_trust_mends_more_slowly_over_lean_media(media, richness):
    design = alone(**CALM, **{**NO_USE, **media}, trust_start=0.2, trust_repair=0.05, lean_penalty=0.8, steps=40)
    trust, _ = followed(design, "trust")
    rate = 0.05 * (1 - 0.8 * (1 - richness))
    assert close(trust, 1 - 0.8 * (1 - rate) ** np.arange(1, 41)[:, None], 1e-12)


def test_traits_of_connectivity_have_their_shares():
    """False alarm: one in a million for each class."""
    design = alone(**EMPLOYEES_ONLY, employees=20_000, form="regular", degree=0, steps=1)
    found = simulate(design, seed=4).last["connectivity"]
    for factor, share in ((2.0, 0.16), (1.15, 0.36), (0.55, 0.48)):
        assert stats.binomtest(int((found == factor).sum()), 20_000, share).pvalue > 1e-6


def test_shares_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="hyperconnected_share"):
        lively(hyperconnected_share=0.7, connected_share=0.4)
