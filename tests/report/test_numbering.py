"""Numbers beside points: none over another, none lost."""

from engagesim.report.numbering import close_together, in_short


def test_numbers_that_would_lie_over_each_other_are_one_label():
    places = {1: (0.0, 0.0), 2: (10.0, 5.0), 3: (10.1, 5.1), 4: (10.2, 5.0), 5: (0.0, 5.0)}
    assert sorted(close_together(places)) == [[1], [2, 3, 4], [5]]


def test_points_that_are_joined_by_a_third_are_one_label():
    assert close_together({1: (0.0, 1.0), 2: (8.0, 1.0), 3: (4.0, 1.0), 4: (100.0, 1.0)}) == [[1, 2, 3], [4]]


def test_no_number_is_lost_where_all_points_are_one():
    assert close_together({1: (2.0, 2.0), 2: (2.0, 2.0)}) == [[1, 2]]


def test_three_or_more_in_a_row_are_a_range():
    assert in_short([3, 4, 5, 8]) == "3-5, 8"
    assert in_short([3, 4]) == "3, 4"
    assert in_short([7]) == "7"
