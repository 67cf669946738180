"""Answers that are kept with the registry that gave them, and that go when it goes.

A what-if makes many registries that live for one question; a cache beside them would never let them go.
"""

from collections.abc import Callable, Hashable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast


class Keeping(Protocol):
    """Who keeps answers: for each function its answers by what was asked."""

    @property
    def kept(self) -> dict[object, dict[object, object]]: ...


Keeper = TypeVar("Keeper", bound=Keeping)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
_ABSENT = object()


def kept(
    most: int,
) -> Callable[[Callable[Concatenate[Keeper, Asked], Answer]], Callable[Concatenate[Keeper, Asked], Answer]]:
    """Keep a function's answers with its first argument; at most so many, then begin anew.

    The other arguments must be hashable and are given by position.
    """

    def decorate(
        function: Callable[Concatenate[Keeper, Asked], Answer],
    ) -> Callable[Concatenate[Keeper, Asked], Answer]:
        def ask(keeper: Keeper, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
            return kept_by(keeper, function, asked, lambda: function(keeper, *asked, **named), most=most)

        ask.__doc__ = function.__doc__
        return ask

    return decorate


def kept_by(keeper: Keeping, about: object, asked: Hashable, work: Callable[[], Answer], *, most: int) -> Answer:
    """The answer kept with `keeper` for what was asked, or worked out now; at most so many `about` one thing."""
    answers = keeper.kept.get(about)
    if answers is None:
        answers = keeper.kept[about] = {}
    found = answers.get(asked, _ABSENT)
    if found is _ABSENT:
        if len(answers) >= most:
            answers.clear()
        found = answers[asked] = work()
    return cast(Answer, found)
