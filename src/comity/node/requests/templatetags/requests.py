"""Filters: words of a request's life, and ids of the law data as words."""

from django import template
from django.utils.functional import Promise

from comity.node.requests.labels import STATES
from comity.node.vocabulary import words

register = template.Library()


@register.filter
def state_label(state: str) -> Promise | str:
    """The state of a request as people read it."""
    return STATES.get(state, state)


register.filter("words", words)
