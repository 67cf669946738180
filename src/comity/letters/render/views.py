"""What sections of official forms show beside fields: the same data, in the order and under the labels of the form."""

from collections.abc import Callable
from types import MappingProxyType

from comity.letters.render.lawparts import heaviest
from comity.letters.render.partyparts import name_of, state_of
from comity.letters.render.setting import Setting
from comity.letters.tables import Part

#: Rows of a form for what identifies an account or a connection, by the kind of the value.
IDENTIFIERS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "id_address": ("ipv4-addr", "ipv6-addr"),
        "id_mail": ("email-addr",),
        "id_telephone": ("phone-number",),
        "id_name": ("domain-name", "url"),
        "id_device": ("imei",),
        "id_account": ("user-account", "bank-account", "iban", "upi-address", "payment-card", "crypto-address"),
    }
)


def put_views(setting: Setting, part: Part) -> None:
    """The views of a section, in its order."""
    for name in part.views:
        VIEWS[name](setting)


def _issuing_authority(setting: Setting) -> None:
    letter = setting.letter
    setting.value("issuing_authority", name_of(setting, letter.requesting))
    if letter.conducting is not None:
        setting.value("issuing_authority", name_of(setting, letter.conducting))


def _file_number(setting: Setting) -> None:
    setting.value("file_number", setting.letter.case_reference)
    setting.value("reference", setting.letter.reference)


def _identifiers(setting: Setting) -> None:
    """Every object asked about, once, under what it is."""
    subjects = {s.value: s for item in setting.letter.assistance for s in item.subjects}
    kinds = {kind: label for label, kinds in IDENTIFIERS.items() for kind in kinds}
    for label in (*IDENTIFIERS, "id_other"):
        for subject in subjects.values():
            if kinds.get(subject.kind, "id_other") == label:
                told = f"{subject.value}; {subject.detail}" if subject.detail else subject.value
                setting.value(label, told, exact=True)


def _services(setting: Setting) -> None:
    for holder in dict.fromkeys(item.holder for item in setting.letter.assistance if item.holder):
        setting.value("holder", setting.catalogue.holder(holder))


def _penalties(setting: Setting) -> None:
    for offence in setting.letter.offences:
        title = setting.catalogue.named("offence", offence.id, offence.title)
        years = heaviest(setting, offence)
        setting.line(f"{title}: {years}" if years else title)


def _reply_to(setting: Setting) -> None:
    party = setting.letter.conducting or setting.letter.requesting
    setting.value("data_go_to", name_of(setting, party))
    for contact in party.contacts:
        setting.value("contact", contact, exact=True)


VIEWS: MappingProxyType[str, Callable[[Setting], None]] = MappingProxyType(
    {
        "issuing_state": lambda setting: setting.value(
            "issuing_state", state_of(setting, setting.letter.requesting.state)
        ),
        "executing_state": lambda setting: setting.value(
            "executing_state", state_of(setting, setting.letter.addressee.state)
        ),
        "issuing_authority": _issuing_authority,
        "file_number": _file_number,
        "identifiers": _identifiers,
        "services": _services,
        "penalties": _penalties,
        "reply_to": _reply_to,
        "for_authority_alone": lambda setting: setting.line(setting.label("for_authority_alone")),
    }
)
