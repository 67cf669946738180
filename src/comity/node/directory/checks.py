"""Whether what people write into an entry can be."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from comity.law import Measure
from comity.law.names import is_language, is_state
from comity.node.directory.hours import is_zone, read_hours
from comity.node.directory.models import FIELDS, Entry, Kind
from comity.node.errors import InvalidError

TEXT_CHARS_MAX = 5_000
_EMAIL = EmailValidator()
_URL = URLValidator(schemes=["https", "http"])


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """Every field, trimmed; InvalidError names those that are wrong."""
    values = {name: str(given.get(name, "")).replace("\r\n", "\n").strip() for name in FIELDS}
    problems = {name: problem for name in FIELDS if (problem := _problem(name, values[name]))}
    if problems:
        raise InvalidError(problems)
    return values


def _problem(name: str, value: str) -> str:
    longest = getattr(Entry._meta.get_field(name), "max_length", None) or TEXT_CHARS_MAX
    if len(value) > longest:
        return _("use %(most)s characters at most") % {"most": f"{longest:,}"}
    if "\0" in value:
        return _("it holds a character that cannot be kept")
    if not value:
        return _("fill it in") if name in ("kind", "state", "name", "source") else ""
    check = _CHECKS.get(name)
    return check(value) if check else ""


def _kind(value: str) -> str:
    return "" if value in Kind.values else _("write one of %(names)s") % {"names": ", ".join(Kind.values)}


def _state(value: str) -> str:
    return "" if is_state(value) else _("write the state's code, such as IN")


def _measures(value: str) -> str:
    known = {one.value for one in Measure}
    unknown = [one for one in value.split(";") if one not in known]
    return _("no measure: %(names)s; write ids joined by ;") % {"names": ", ".join(unknown)} if unknown else ""


def _languages(value: str) -> str:
    unknown = [one for one in value.split(";") if not is_language(one)]
    return _("no language code: %(names)s; write codes joined by ;") % {"names": ", ".join(unknown)} if unknown else ""


def _hours(value: str) -> str:
    try:
        read_hours(value)
    except ValueError:
        return _("write 24/7, or hours such as 09:00-17:30")
    return ""


def _zone(value: str) -> str:
    return "" if is_zone(value) else _("write a zone such as Asia/Kolkata")


def _email(value: str) -> str:
    try:
        _EMAIL(value)
    except ValidationError:
        return _("write an address such as desk@agency.example")
    return ""


def _url(value: str) -> str:
    try:
        _URL(value)
    except ValidationError:
        return _("write an address that begins with https://")
    return ""


def _phone(value: str) -> str:
    plain = all(one.isdigit() or one in "+-/(). ;,extEXT#" for one in value)
    return "" if plain else _("write digits, such as +91 11 2309 2011")


_CHECKS = {
    "kind": _kind,
    "state": _state,
    "measures": _measures,
    "languages": _languages,
    "hours": _hours,
    "zone": _zone,
    "email": _email,
    "url": _url,
    "phone": _phone,
}
