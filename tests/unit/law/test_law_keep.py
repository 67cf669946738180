"""Kept answers: given once for each keeper, and bounded."""

from comity.law.keep import kept


class Keeper:
    """Stands for a registry."""

    def __init__(self) -> None:
        self.kept: dict[object, dict[object, object]] = {}


def test_an_answer_is_worked_out_once_for_each_keeper() -> None:
    asked: list[int] = []

    @kept(10)
    def double(_: Keeper, number: int) -> int:
        """Twice."""
        asked.append(number)
        return 2 * number

    one, other = Keeper(), Keeper()
    assert [double(one, 1), double(one, 1), double(other, 1)] == [2, 2, 2]
    assert asked == [1, 1]
    assert double.__doc__ == "Twice."


def test_what_is_kept_is_bounded() -> None:
    asked: list[int] = []

    @kept(2)
    def same(_: Keeper, number: int) -> int | None:
        asked.append(number)
        return None

    keeper = Keeper()
    assert [same(keeper, n) for n in (1, 2, 3, 3, 1)] == [None] * 5
    assert asked == [1, 2, 3, 1]
