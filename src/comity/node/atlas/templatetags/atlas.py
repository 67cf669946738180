"""Names of states, sources, and lists for typing."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.law import state_name
from comity.law.citing import cite_article
from comity.law.grounds_said import NO_GROUND_SAID, SAID
from comity.law.names import all_states, language_name
from comity.law.vocabulary import RefusalGround
from comity.node.lawdata import is_corrected, registry
from comity.node.vocabulary import words

register = template.Library()


@register.simple_tag
def corrected() -> bool:
    """Whether the agency's own corrections are laid over the law data."""
    return is_corrected(settings.DATA)


@register.filter
def state(code: str) -> str:
    """The name of a state in the reader's language; the code where there is none."""
    return state_name(code, get_language() or "en")


@register.filter
def article(number: str) -> str:
    """An article as it is cited."""
    return cite_article(number)


@register.filter
def ground(name: RefusalGround) -> str:
    """A ground for refusal in words."""
    if name in NO_GROUND_SAID:
        return _("not for this: %(what)s") % {"what": NO_GROUND_SAID[name]}
    return SAID[name] if (get_language() or "en").startswith("en") else words(RefusalGround(name))


@register.filter
def title_of(instrument: str) -> str:
    """The short title of an instrument."""
    found = registry().instruments.get(instrument)
    return (found.short_title or found.title) if found else instrument


@register.filter
def language(code: str) -> str:
    """The name of a language in the reader's own."""
    return language_name(code, get_language() or "en")


@register.simple_tag
def source(url: str, as_of: str = "", confidence: object = "") -> SafeString:
    """Where a fact comes from, of which day, and how sure."""
    rest = ", ".join(part for part in (str(as_of), _confidence(str(confidence or ""))) if part)
    if url.startswith(("https://", "http://")):
        host = url.split("/")[2]
        link = format_html('<a href="{}" rel="noreferrer">{}</a>', url, host)
    else:
        link = format_html("{}", url or _("source not known"))
    return format_html('<small class="muted">{}{}{}</small>', link, ", " if rest else "", rest)


def _confidence(word: str) -> str:
    return {
        "high": _("high confidence"),
        "medium": _("medium confidence"),
        "low": _("low confidence: check before use"),
    }.get(word, word)


@register.simple_tag
def state_list() -> SafeString:
    """All states, for an input that offers them."""
    return _state_list(get_language() or "en")


@lru_cache(maxsize=16)
def _state_list(language: str) -> SafeString:
    options = format_html_join(
        "", '<option value="{}">{}</option>', ((c, state_name(c, language)) for c in all_states())
    )
    return mark_safe(f'<datalist id="states">{options}</datalist>')  # made of escaped parts


@register.simple_tag
def instrument_list() -> SafeString:
    """Shared instruments, for an input that offers them."""
    return _instrument_list()


@lru_cache(maxsize=1)
def _instrument_list() -> SafeString:
    lines = ((one.id, one.short_title or one.title) for one in registry().shared)
    options = format_html_join("", '<option value="{}">{}</option>', lines)
    return mark_safe(f'<datalist id="instruments">{options}</datalist>')  # made of escaped parts
