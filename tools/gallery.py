"""Builds docs/gallery: letters of the shipped cases as an officer would print them, in several languages.

Run it as ``make gallery``. It needs Debian's fonts-noto-core and fonts-noto-cjk.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from comity.law import load_registry
from comity.leads.find import find_leads
from comity.leads.nexus import TieSources
from comity.letters import Drafted, Kind, NoLetterError, brief_for, draft, lay_out
from comity.letters.checks import requirements
from comity.letters.render import Page
from comity.letters.render.furniture import language_name
from comity.letters.render.pdf import pdf, pictures
from comity.letters.render.word import docx
from comity.plan import artifact_paths, make_plan, open_case
from comity.plan.case import Statement

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "gallery"
ON = date(2026, 11, 24)
DOTS_PER_INCH = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A letter of the gallery: a step of a case by measure and state, and which of its pages are worth a look."""

    name: str
    why: str
    measure: str
    state: str
    case: str = "phishing"
    kind: Kind | None = None
    instrument: str = ""
    """Id of the instrument; empty: the recommended."""
    language: str = ""
    beside: str = ""
    """Language of the original beside it; empty: none."""
    completed: bool = False
    """With what only an officer can say, so that it is ready for signature."""
    pages: tuple[int, ...] = (2,)


LETTERS = (
    Shown(
        name="mla-content", measure="content_data", state="US", completed=True, pages=(1, 2, 3, 4),
        why="A request for the contents of a mailbox, ready for signature: what a US judge must find is said.",
    ),
    Shown(
        name="letter-rogatory", measure="freezing", state="AE", kind=Kind.LETTER_ROGATORY, pages=(1, 3),
        why="The same freezing as a letter from court to court; a draft, with what it still lacks where it belongs.",
    ),
    Shown(name="preservation", measure="preservation", state="RU", why="A request to preserve data, by treaty."),
    Shown(
        name="provider-preservation", measure="preservation", state="US", pages=(2,),
        why="A letter to a provider: no more than a provider needs.",
    ),
    Shown(
        name="payment-recall", measure="freezing", state="AE", instrument="interpol", pages=(2,),
        why="An urgent message to stop money, with the payments as a table.",
    ),
    Shown(
        name="takedown", measure="takedown", state="FR", pages=(2,), why="A notice of a phishing page to its host.",
    ),
    Shown(
        name="registration", measure="domain_registration", state="FR", pages=(2,),
        why="A request to a registrar, with an internationalised domain name.",
    ),
    Shown(
        name="russian-beside-english", measure="subscriber_information", state="RU", language="ru", beside="en",
        pages=(2, 3), why="Two languages side by side, paragraph by paragraph.",
    ),
    Shown(
        name="french-beside-english", measure="subscriber_information", state="FR", language="fr", beside="en",
        pages=(3,), why="The same in French; what is still to be translated says so.",
    ),
    Shown(
        name="arabic", measure="subscriber_information", state="AE", language="ar", pages=(2, 3),
        why="From right to left; accounts, times and sections keep their order.",
    ),
    Shown(
        name="arabic-beside-english", measure="subscriber_information", state="AE", language="ar", beside="en",
        pages=(2,), why="Two directions on one page.",
    ),
    Shown(
        name="hindi-beside-english", case="bec", measure="subscriber_information", state="IN", language="hi",
        beside="en", pages=(2,), why="Devanagari, from the other shipped case.",
    ),
    Shown(
        name="chinese", measure="content_data", state="US", completed=True, language="zh", pages=(2,),
        why="Chinese characters.",
    ),
)  # fmt: skip


def main() -> None:
    """Builds every picture, an example of each file, and the page that shows them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    lines = [_HEAD]
    for shown in LETTERS:
        drafted = _drafted(shown)
        page, original = _pages(drafted, shown)
        made = pictures(drafted.letter, page, original=original, dots_per_inch=DOTS_PER_INCH)
        lines.append(f"## {drafted.letter.title.text}{_tongues(page, original)}\n\n{shown.why}\n")
        for number in shown.pages:
            name = f"{shown.name}-{number}.png"
            (FOLDER / name).write_bytes(made[number - 1])
            lines.append(f"![Page {number} of the letter]({name})")
        lines.append("")
        if shown is LETTERS[0]:
            (FOLDER / f"{shown.name}.pdf").write_bytes(pdf(drafted.letter, page))
            (FOLDER / f"{shown.name}.docx").write_bytes(docx(drafted.letter, page))
    (FOLDER / "README.md").write_text("\n".join(lines))
    size = sum(one.stat().st_size for one in FOLDER.iterdir())
    print(f"{FOLDER.relative_to(ROOT)}: {len(LETTERS)} letters, {size / 1e6:.1f} MB")


def _pages(drafted: Drafted, shown: Shown) -> tuple[Page, Page | None]:
    original = lay_out(drafted.letter, drafted.report, shown.beside) if shown.beside else None
    return lay_out(drafted.letter, drafted.report, shown.language), original


def _tongues(page: Page, original: Page | None) -> str:
    if original is not None:
        return f" ({language_name(page.language)}, beside {language_name(original.language)})"
    return "" if page.language == "en" else f" ({language_name(page.language)})"


def _drafted(shown: Shown) -> Drafted:
    registry = load_registry()
    folder = ROOT / "examples" / shown.case
    case = open_case(folder, registry)
    leads = find_leads(artifact_paths(folder, case), sources=TieSources(providers=registry.data.providers))
    plan = make_plan(case, leads, on=ON, registry=registry)
    if shown.completed:
        said = {row.id: row for row in requirements()}
        names = ("probable-cause", "necessity-content", "privilege")
        case = msgspec.structs.replace(
            case,
            authority=msgspec.structs.replace(case.authority, telephone="+91 80 2222 0000"),
            urgency=msgspec.structs.replace(case.urgency, reason=said["urgency"].example),
            statements=tuple(Statement(field=said[name].field, text=said[name].example) for name in names),
        )
    for step in plan.steps:
        if step.measure == shown.measure and step.state == shown.state:
            try:
                return draft(
                    brief_for(
                        (step.id,), case=case, plan=plan, registry=registry, on=ON, transfers=leads.transfers,
                        kind=shown.kind, instrument=shown.instrument,
                    )
                )  # fmt: skip
            except NoLetterError:
                continue  # another step of the measure has this kind of letter
    raise LookupError(f"{shown.name}: no step of {shown.case} needs this letter")


_HEAD = """# Gallery

Letters of the shipped cases, built by `make gallery`; nobody in them exists. The first [as PDF](mla-content.pdf)
carries its data as `letter.json`, and [as DOCX](mla-content.docx) as a custom XML part. How it is done:
[letters](../letters.md).
"""

if __name__ == "__main__":
    main()
