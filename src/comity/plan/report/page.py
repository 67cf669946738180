"""The page put together: templates that escape by default, one style sheet, a policy that lets nothing else in."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comity.law.atlas import load_world
from comity.leads.model import ObservableKind
from comity.plan.model import Plan
from comity.plan.phrases import step_runs
from comity.plan.report import words
from comity.plan.report.annex import route_sheets, sheet_key
from comity.plan.report.casemap import draw_map
from comity.plan.report.chronology import chronology
from comity.plan.report.summary import opening_line, summarise
from comity.plan.report.timeline import draw_timeline

MOST_ROWS = 500
"""How many rows of one table are shown; the page says how many are left out."""

_DEFANGED = frozenset({ObservableKind.URL, ObservableKind.DOMAIN})


def page(plan: Plan, *, direction: str) -> str:
    """The report of a plan as one HTML page. ``direction``: ``ltr`` or ``rtl``."""
    style = _style(plan)
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            plan=plan,
            direction=direction,
            style=Markup(style),
            policy=policy(style),
            summary=summarise(plan),
            opening=opening_line(plan),
            map=draw_map(plan, load_world()),
            timeline=draw_timeline(plan, most=MOST_ROWS),
            holders={holder.id: holder for holder in plan.holders},
            steps={step.id: step for step in plan.steps},
            states={state.state: state for state in plan.states},
            artifacts={artifact.id: artifact for artifact in plan.case.artifacts},
            obstacles={obstacle.key: obstacle for obstacle in plan.obstacles},
            sheets=route_sheets(plan),
            chronology=chronology(plan),
            most=MOST_ROWS,
            dates=words.DATES,
            events=words.EVENTS,
        )
    )


def policy(style: str) -> str:
    """A Content-Security-Policy that allows this one style sheet and nothing else (CSP Level 3)."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def css_string(text: str) -> str:
    """Text as a CSS string: all but ASCII letters and digits is escaped, blanks too, which an escape would swallow.

    CSS Syntax Level 3, section 4.3.7.
    """
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'


def _style(plan: Plan) -> str:
    """The style sheet, with what stands at the head of every printed page."""
    text = files("comity.plan.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    for mark, value in (("@reference@", plan.case.reference), ("@handling@", plan.case.confidentiality)):
        text = text.replace(f'"{mark}"', css_string(_cut(value)))
    return text


def _cut(text: str, longest: int = 70) -> str:
    """Text for one line."""
    line = words.plain(" ".join(text.split()))
    return line if len(line) <= longest else f"{line[:longest]}…"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("comity.plan.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalise,
    )
    environment.filters.update(
        words=words.words,
        day=words.day,
        moment=words.moment,
        amount=words.amount,
        size=words.size,
        count=words.count,
        listing=words.listing,
        safe_link=words.safe_link,
        shown=shown,
        anchor=anchor,
        sentence=sentence,
        sheet_key=sheet_key,
        article=words.cite_article,
        runs=runs,
        capital=capital,
    )
    return environment


def _finalise(value: object) -> object:
    """Every value on its way into the page; markup that we made passes, text loses what could hide in it."""
    return words.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shown(item: object) -> str:
    """An observable for people; URLs and domains so that nothing makes a link of them."""
    text = str(getattr(item, "shown", "")) or str(getattr(item, "value", ""))
    return words.defanged(text) if getattr(item, "kind", None) in _DEFANGED else text


def runs(ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Ids of steps by runs of neighbours, two neighbours apart."""
    return [part for run in step_runs(ids) for part in ([run] if len(run) > 2 else [(one,) for one in run])]


def anchor(key: str) -> str:
    """A fragment id from a key of the plan."""
    return re.sub(r"[^A-Za-z0-9-]", "-", key)


def capital(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital letter at its beginning, unless its first word is a value of the evidence or a name."""
    first = text.split(maxsplit=1)[0].rstrip(",.;:") if text.strip() else ""
    ordinary = first.replace("-", "").isalpha() and first.islower()
    return text[:1].upper() + text[1:] if ordinary else text
