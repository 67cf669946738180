"""How the numbered measures are set: what is asked, of whom, on which objects, for which time, and why."""

from comity.letters.model import Item, Span
from comity.letters.render.setting import Path, Setting


def assistance(setting: Setting) -> None:
    """Every item, with its number."""
    for place, item in enumerate(setting.letter.assistance):
        _item(setting, item, ("assistance", place))


def _item(setting: Setting, item: Item, path: Path) -> None:
    setting.paragraph(item.what, (*path, "what"), label=setting.catalogue.say(f"measure.{item.measure.value}"))
    for number, text in enumerate(item.data):
        setting.sentence(text, (*path, "data", number), level=1)
    setting.value("holder", setting.catalogue.holder(item.holder), level=1)
    for subject in item.subjects:
        setting.value("object", subject.value, level=1, exact=True)
        if subject.shown not in {"", subject.value}:
            setting.value("note", subject.shown, level=2, exact=True)
        setting.value("at", subject.detail, level=2)
    if item.period is not None:
        _period(setting, item.period, (*path, "period"))
    for number, text in enumerate(item.reason):
        setting.sentence(
            text, (*path, "reason", number), level=1, label=setting.label("relevance") if number == 0 else ""
        )


def _period(setting: Setting, period: Span, path: Path) -> None:
    told = " ".join(
        f"{setting.label(f'period_{end}')} {moment}"
        for end, moment in (("from", period.start), ("to", period.end))
        if moment
    )
    setting.value("period", told, level=1)
    if period.why is not None:
        setting.sentence(period.why, (*path, "why"), level=2)
