"""Ranges laid over one another."""

from comity.leads.nexus.spans import Spans, flatten, of_ranges, overlay


def test_gaps_say_nothing() -> None:
    assert list(flatten([(10, 19, 1), (30, 39, 2)])) == [(10, 1), (20, 0), (30, 2), (40, 0)]


def test_the_more_specific_row_wins_and_the_wider_one_goes_on_after_it() -> None:
    assert list(flatten([(0, 99, 1), (40, 49, 2), (45, 46, 3)])) == [
        (0, 1),
        (40, 2),
        (45, 3),
        (47, 2),
        (50, 1),
        (100, 0),
    ]


def test_of_two_rows_that_start_together_the_shorter_wins() -> None:
    assert list(flatten([(0, 9, 2), (0, 99, 1)])) == [(0, 2), (10, 1), (100, 0)]


def test_a_row_that_sticks_out_of_another_wins_to_its_own_end() -> None:
    assert list(flatten([(0, 9, 1), (5, 14, 2)])) == [(0, 1), (5, 2), (15, 0)]


def test_a_row_hidden_by_a_longer_later_one_does_not_come_back() -> None:
    assert list(flatten([(0, 5, 1), (3, 9, 2)])) == [(0, 1), (3, 2), (10, 0)]


def test_neighbours_that_say_the_same_are_one() -> None:
    assert list(flatten([(0, 4, 1), (5, 9, 1)])) == [(0, 1), (10, 0)]
    assert list(flatten([(0, 4, 1), (2, 3, 1)])) == [(0, 1), (5, 0)]


def test_layers_are_kept_apart() -> None:
    layers = [[(0, 9, 1)], [(5, 14, 7)]]
    assert list(overlay(layers)) == [(0, (1, 0)), (5, (1, 7)), (10, (0, 7)), (15, (0, 0))]


def test_a_change_that_changes_nothing_makes_no_segment() -> None:
    assert list(overlay([[(0, 4, 1), (5, 9, 1)], []])) == [(0, (1, 0)), (10, (0, 0))]


def test_looking_up() -> None:
    spans = Spans([(10, 19, 4)])
    assert [spans.at(address) for address in (9, 10, 19, 20)] == [0, 4, 4, 0]


def test_ranges_are_numbered_from_one_in_each_family() -> None:
    spans = of_ranges(["10.0.0.0/8", "::1/128", "10.1.0.0/16"])
    assert spans[4].at(10 << 24) == 1
    assert spans[4].at(10 << 24 | 1 << 16) == 3
    assert spans[6].at(1) == 2
