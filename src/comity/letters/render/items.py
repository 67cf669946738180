"""How the numbered measures are set: what is asked, of whom, on which objects, for which time, and why."""

from comity.letters.model import Item, Span, Subject
from comity.letters.render.page import Row
from comity.letters.render.setting import Path, Setting


def assistance(setting: Setting) -> None:
    """Every item, with its number."""
    for place, item in enumerate(setting.letter.assistance):
        _item(setting, item, ("assistance", place))


def _item(setting: Setting, item: Item, path: Path) -> None:
    setting.paragraph(item.what, (*path, "what"), label=setting.catalogue.say(f"measure.{item.measure.value}"))
    for number, text in enumerate(item.data):
        listed = f"({number + 1})" if len(item.data) > 1 and setting.counted else ""
        setting.sentence(text, (*path, "data", number), level=1, number=listed)
    setting.value("holder", setting.catalogue.holder(item.holder), level=1)
    _subjects(setting, item)
    _told(setting, item, path)
    if item.period is not None:
        _period(setting, item.period, (*path, "period"))
    for number, text in enumerate(item.reason):
        setting.sentence(text, (*path, "reason", number), level=1, label=setting.label("relevance"))


def _subjects(setting: Setting, item: Item) -> None:
    """The exact objects, one a row; what is shown for people only where it says more than the value."""
    columns = (
        setting.column("object", exact=True),
        setting.column("note", exact=True),
        setting.column("at"),
    )
    rows = tuple(
        Row(cells=(subject.value, subject.shown if subject.shown != subject.value else "", _at(setting, subject)))
        for subject in item.subjects
    )
    setting.table(columns, rows, level=1)


def _at(setting: Setting, subject: Subject) -> str:
    """The moments of an object that every language has words for."""
    fixed = (setting.say(moment) for moment in subject.moments if not moment.free)
    return "; ".join(part for part in (subject.detail, *fixed) if part)


def _told(setting: Setting, item: Item, path: Path) -> None:
    """What the case file tells of the objects, once, where it can be translated."""
    seen: set[str] = set()
    for place, subject in enumerate(item.subjects):
        for number, moment in enumerate(subject.moments):
            if moment.free and moment.text not in seen:
                seen.add(moment.text)
                address = (*path, "subjects", place, "moments", number)
                setting.sentence(moment, address, level=1, label=setting.label("at"))


def _period(setting: Setting, period: Span, path: Path) -> None:
    start, end = (setting.catalogue.day(moment) if moment else "" for moment in (period.start, period.end))
    if start and end:
        setting.value("period", f"{start} – {end}", level=1)
    else:
        side, moment = ("from", start) if start else ("to", end)
        setting.value("period", f"{setting.label(f'period_{side}')} {moment}" if moment else "", level=1)
    if period.why is not None:
        setting.sentence(period.why, (*path, "why"), level=1, label=setting.label("period"))
