from functools import partial

from engagesim.bench.cases import FULL, QUICK
from engagesim.bench.timing import Spread, in_turns, ratio, spread


def test_things_are_measured_in_turns():
    order: list[str] = []

    def work(name: str) -> float:
        order.append(name)
        return float(len(order))

    measured = in_turns({name: partial(work, name) for name in "ab"}, 3, lambda: order.append("|"))
    assert order == list("ab|ab|ab|")
    assert measured == {"a": [1.0, 4.0, 7.0], "b": [2.0, 5.0, 8.0]}


def test_a_ratio_is_taken_turn_by_turn_so_that_drift_cancels():
    slower_and_slower = [1.0, 10.0, 100.0]
    assert ratio([3 * t for t in slower_and_slower], slower_and_slower) == Spread(3.0, 3.0, 3.0)
    assert spread([5.0, 1.0, 2.0]) == Spread(2.0, 1.0, 5.0)


def test_the_quick_benchmark_leaves_out_a_million_members_only():
    assert [case.members for case in FULL.cases] == [300, 10_000, 100_000, 1_000_000]
    assert [case.members for case in QUICK.cases] == [300, 10_000, 100_000]
    assert FULL.cases[-1].weeks == FULL.memory[1] == 100
    assert FULL.memory[0] == 1_000_000
    assert [case.members for case in QUICK.cases if case.mesa_weeks] == [300, 10_000]
