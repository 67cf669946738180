"""Answers that are kept with the registry that gave them, and that go when it goes.

A what-if makes many registries that live for one question; a cache beside them would never let them go.
"""

from collections.abc import Callable
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
            answers = keeper.kept.get(function)
            if answers is None:
                answers = keeper.kept[function] = {}
            found = answers.get(asked, _ABSENT)
            if found is _ABSENT:
                if len(answers) >= most:
                    answers.clear()
                found = answers[asked] = function(keeper, *asked, **named)
            return cast(Answer, found)

        ask.__doc__ = function.__doc__
        return ask

    return decorate
