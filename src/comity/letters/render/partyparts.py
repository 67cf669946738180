"""How a party is set: its name, state and contacts."""

from comity.law.names import state_name
from comity.letters.latin import latin
from comity.letters.model import Party
from comity.letters.render.setting import Setting
from comity.letters.saying import language_names, locale_of


def put_party(setting: Setting, party: Party, title: str, heading: str = "") -> None:
    """An authority, office or company under its heading, with how it is reached."""
    setting.heading(setting.catalogue.say(f"field.{heading or title}"))
    setting.value("name", name_of(setting, party))
    setting.value("machine_latin", "" if party.name_latin or party.office else latin(party.name))
    setting.free("unit", party.unit, (title, "unit"))
    setting.value("officer", party.officer)
    setting.free("officer", party.rank, (title, "rank"))
    setting.value("address", ", ".join(part for part in (party.address, party.city) if part))
    setting.value("state", state_of(setting, party.state))
    for contact in party.contacts:
        setting.value("contact", contact, exact=True)
    setting.value("contact", party.url, exact=True)
    setting.value("languages", language_names(setting.catalogue, ";".join(party.languages)))


def in_two_scripts(name: str, latin: str) -> str:
    """A name in its own script, and in Latin letters behind it."""
    return f"{name} ({latin})" if latin else name


def state_of(setting: Setting, code: str) -> str:
    """The name of a state in the page's language."""
    return state_name(code, locale_of(setting.catalogue.language)) if code else ""


def name_of(setting: Setting, party: Party) -> str:
    """What a party is called: by its office, where every language has a name for it."""
    return setting.office(party.office, party.state) or in_two_scripts(party.name, party.name_latin)
