"""How each member of a letter is set: parties, law, persons, payments, promises, papers, signatures."""

from collections.abc import Callable
from types import MappingProxyType

from comity.letters.latin import latin
from comity.letters.model import Letter, Text
from comity.letters.render.items import assistance
from comity.letters.render.lawparts import dual, law_texts, offences
from comity.letters.render.page import Row
from comity.letters.render.partyparts import in_two_scripts, put_party, state_of
from comity.letters.render.setting import Setting, initial
from comity.letters.saying import mark, money
from comity.letters.tables import kinds


def _requesting(setting: Setting) -> None:
    # who answers is the authority that was asked, wherever the record keeps it
    answers = kinds()[setting.letter.kind].made == "incoming"
    put_party(setting, setting.letter.requesting, "requesting", "answering" if answers else "")


def _conducting(setting: Setting) -> None:
    if setting.letter.conducting is not None:
        put_party(setting, setting.letter.conducting, "conducting")


def _addressee(setting: Setting) -> None:
    if setting.letter.addressee.name:
        put_party(setting, setting.letter.addressee, "addressee")


def _court(setting: Setting) -> None:
    if setting.letter.court is not None:
        put_party(setting, setting.letter.court, "court")


def _about(setting: Setting) -> None:
    about = setting.letter.about
    if about is not None:
        title = setting.catalogue.say(f"kind.{about.kind.value}")
        on = about.dated_on.isoformat() if about.dated_on else ""
        if on and about.reference:
            said = setting.catalogue.say("sentence.about", title=title, reference=about.reference, on=on)
        elif on:
            said = setting.catalogue.say("sentence.about_unmarked", title=title, on=on)
        else:
            said = setting.catalogue.say("sentence.about_undated", title=title, reference=about.reference)
        setting.value("reference", said)
        setting.value("received_on", setting.catalogue.day(about.received_on.isoformat()) if about.received_on else "")


def _basis(setting: Setting) -> None:
    for number, basis in enumerate(setting.letter.basis):
        setting.paragraph(basis.statement, ("basis", number, "statement"))
        setting.value("channel", setting.catalogue.say(f"channel.{basis.channel}"), level=1)


def _texts(name: str) -> Callable[[Setting], None]:
    def put(setting: Setting) -> None:
        texts: tuple[Text, ...] = getattr(setting.letter, name)
        for number, text in enumerate(texts):
            setting.paragraph(text, (name, number))

    return put


def _persons(setting: Setting) -> None:
    for number, person in enumerate(setting.letter.persons):
        setting.heading(in_two_scripts(person.name, person.name_latin), number=setting.numbered())
        setting.value("machine_latin", "" if person.name_latin else latin(person.name), level=1)
        setting.value("role", setting.catalogue.say(f"role.{person.role}"), level=1)
        setting.value("nationality", state_of(setting, person.nationality), level=1)
        setting.value("residence", state_of(setting, person.residence), level=1)
        setting.free("born", person.born, ("persons", number, "born"), level=1)
        for place, paper in enumerate(person.identity):
            setting.free("identity", paper, ("persons", number, "identity", place), level=1)
        if person.note is not None:
            setting.sentence(person.note, ("persons", number, "note"), level=1)


def _payments(setting: Setting) -> None:
    columns = (
        setting.column("at", exact=True),
        setting.column("amount", exact=True),
        setting.column("from", exact=True),
        setting.column("to", exact=True),
        setting.column("reference", exact=True),
    )
    rows = tuple(
        Row(
            number=setting.numbered(),
            cells=(p.at, money(setting.catalogue, f"{p.currency} {p.amount}".strip()), p.source, p.target, p.reference),
        )
        for p in setting.letter.payments
    )
    setting.table(columns, rows)


def _earlier(setting: Setting) -> None:
    for number, act in enumerate(setting.letter.earlier):
        measure = setting.catalogue.named("measure", act.measure)
        setting.heading(
            f"{initial(measure)}{mark(setting.catalogue, 'comma')}{state_of(setting, act.state)}",
            number=setting.numbered(),
        )
        setting.value("holder", act.holder, level=1)
        setting.value("sent", setting.catalogue.day(act.sent_on.isoformat()), level=1)
        setting.value("effective", _day(setting, act.effective_on), level=1)
        setting.value("expires", setting.catalogue.day(act.lapses), level=1)
        setting.value("reference", act.reference, level=1, exact=True)
        if act.outcome is not None:
            setting.sentence(act.outcome, ("earlier", number, "outcome"), level=1, label=setting.label("outcome"))


def _day(setting: Setting, day: object) -> str:
    return setting.catalogue.day(str(day)) if day else ""


def _undertakings(setting: Setting) -> None:
    for number, undertaking in enumerate(setting.letter.undertakings):
        setting.paragraph(undertaking.text, ("undertakings", number, "text"))


def _enclosures(setting: Setting) -> None:
    for number, enclosure in enumerate(setting.letter.enclosures):
        setting.paragraph(enclosure.title, ("enclosures", number, "title"))
        setting.value("digest", enclosure.digest, level=1, exact=True)


def _signatures(setting: Setting) -> None:
    for signatory in setting.letter.signatures:
        office = setting.office(signatory.office, signatory.state)
        # where no person is named, the office stands for both
        name = office if office and signatory.name == signatory.authority else signatory.name
        setting.signature(name, office or signatory.authority, signatory.number, seal=signatory.seal)


PUT: MappingProxyType[str, Callable[[Setting], None]] = MappingProxyType(
    {
        "requesting": _requesting,
        "conducting": _conducting,
        "addressee": _addressee,
        "court": _court,
        "about": _about,
        "basis": _basis,
        "persons": _persons,
        "offences": offences,
        "dual_criminality": dual,
        "law_texts": law_texts,
        "assistance": assistance,
        "payments": _payments,
        "earlier": _earlier,
        "undertakings": _undertakings,
        "enclosures": _enclosures,
        "signatures": _signatures,
    }
    | {
        name: _texts(name)
        for name in (
            "stage", "facts", "losses", "link", "purpose", "necessity", "procedure", "confidentiality", "urgency",
            "privilege",
        )
    }
)  # fmt: skip
"""What sets a member, by name; every member that a part shows is here."""


def put_member(setting: Setting, name: str) -> None:
    """Sets a member of the letter."""
    PUT[name](setting)


def put_particular(setting: Setting, letter: Letter, field: str) -> None:
    """Sets a particular, under its label."""
    for number, particular in enumerate(letter.particulars):
        if particular.field == field:
            label = setting.catalogue.say(f"field.{field}")
            setting.paragraph(particular.text, ("particulars", number, "text"), label=label)
