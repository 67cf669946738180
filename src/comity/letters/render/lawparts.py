"""How the law of a letter is set: offences with their provisions, why the other side punishes them, and the annex."""

from comity.law.penalty import LIFE_OR_DEATH_YEARS
from comity.letters.model import Offence, Provision
from comity.letters.render.setting import Setting, initial
from comity.letters.saying import counted, law, laws, listed_by_semicolon


def offences(setting: Setting) -> None:
    """Each offence with the sections that punish it."""
    for place, offence in enumerate(setting.letter.offences):
        title = setting.catalogue.named("offence", offence.id, offence.title)
        setting.heading(initial(title), number=setting.numbered())
        for number, provision in enumerate(offence.provisions):
            path = ("offences", place, "provisions", number)
            setting.value("law", law(setting.catalogue, _cited(provision)), level=1)
            setting.free("title", provision.title, (*path, "title"), level=2)
            setting.value("penalty", _penalty(setting, offence, provision), level=2)
        stated = {provision.max_penalty_years for provision in offence.provisions}
        if offence.max_penalty_years is not None and offence.max_penalty_years not in stated:
            setting.value("penalty", _years(setting, offence.max_penalty_years), level=1)


def law_texts(setting: Setting) -> None:
    """Each section cited, once: what it says, its penalty, since when it is in force, and where it was read."""
    letter, said = setting.letter, setting.catalogue
    if not letter.law_texts and not _is_enclosed(setting):
        return
    texts = {(text.law, text.section): number for number, text in enumerate(letter.law_texts)}
    cited = {(p.law, p.section): (offence, p) for offence in letter.offences for p in offence.provisions}
    for key, (offence, provision) in cited.items():
        setting.heading(law(said, _cited(provision)), number=setting.numbered())
        source = provision.origin.url
        if key in texts:
            number = texts[key]
            text = letter.law_texts[number]
            label = setting.label("law_words" if text.official else "law_substance")
            for place, paragraph in enumerate(text.paragraphs):
                path = ("law_texts", number, "paragraphs", place)
                setting.sentence(paragraph, path, level=1, label=label)
                if text.official or "://" not in source:  # a summary was read anywhere; the law is published there
                    source = paragraph.origin.url or source
        else:
            setting.value("law_words", setting.label("law_enclosed"), level=1)
        setting.value("penalty", _penalty(setting, offence, provision), level=1)
        setting.value("in_force_from", said.day(provision.in_force_from), level=1)
        setting.value("in_force_to", said.day(provision.in_force_to), level=1)
        setting.value("law_source", source if "://" in source else "", level=1, exact=True)


def _cited(provision: Provision) -> str:
    return f"{provision.law}, {provision.mark} {provision.section}" if provision.section else provision.law


def _penalty(setting: Setting, offence: Offence, provision: Provision) -> str:
    """What a section provides; where only the offence's is known, that is said once, behind its sections."""
    if provision.max_penalty_years is not None:
        return _years(setting, provision.max_penalty_years, life_only=provision.life_only)
    if offence.max_penalty_years is not None:
        return ""
    return setting.label("penalty_unknown" if _is_enclosed(setting) else "penalty_open")


def _is_enclosed(setting: Setting) -> bool:
    return any(enclosure.id == "law_text" for enclosure in setting.letter.enclosures)


def heaviest(setting: Setting, offence: Offence) -> str:
    """The heaviest penalty known for an offence, in words; empty: none is."""
    known = [(offence.max_penalty_years, False)] + [(p.max_penalty_years, p.life_only) for p in offence.provisions]
    told = [(years, life_only) for years, life_only in known if years is not None]
    if not told:
        return ""
    years, life_only = max(told, key=lambda one: (one[0], not one[1]))
    return _years(setting, years, life_only=life_only)


def _years(setting: Setting, years: float, *, life_only: bool = False) -> str:
    if years >= LIFE_OR_DEATH_YEARS:
        return setting.label("penalty_life_only" if life_only else "penalty_life")
    return counted(setting.catalogue, "years", f"{years:g}")


def dual(setting: Setting) -> None:
    """The argument for each offence."""
    for number, one in enumerate(setting.letter.dual_criminality):
        words = setting.catalogue
        heading = f"{words.say('field.dual_criminality')} ({words.named('offence', one.offence)})"
        setting.paragraph(one.argument, ("dual_criminality", number, "argument"), label=heading)
        if "sections" not in one.argument.arguments:
            setting.value("there", laws(words, "; ".join(one.sections_there)), level=1)
        elements = [words.named("element", name, name.replace("_", " ")) for name in one.elements]
        setting.value("elements", listed_by_semicolon(words, elements), level=1)
