"""A small data folder that every check accepts, to be broken in one place at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = "https://example.org/source"
FILES = {
    "jurisdiction/grounds.csv": "instrument,state,law,article,grounds,duty,text,source_url,as_of,confidence\n"
    f"conv,,,22,territory_conduct;territory_effect,true,In its territory.,{SOURCE},2026-01-01,high\n"
    f",IN,Code,s. 1,territory_effect,true,Effect.,{SOURCE},2026-01-01,high\n",
    "jurisdiction/consultations.csv": "instrument,article,text,source_url,as_of,confidence\n"
    f"conv,22(5),They consult.,{SOURCE},2026-01-01,high\n",
    "jurisdiction/criteria.csv": "id,text,grounds,source_url,as_of,confidence\n"
    f"loss,where the loss is,territory_effect,{SOURCE},2026-01-01,high\n",
    "instruments/models/bilateral-mlat.toml": f"""
id = "bilateral-mlat"
title = "Model"
kind = "mlat"
source_urls = ["{SOURCE}"]
as_of = "2026-01-01"
confidence = "low"

[scope]
offences = ["all_offences"]

[general]
dual_criminality = "depends"
channel = "central_authorities"

[[provisions]]
article = "1"
measure = "testimony"
duty = true
summary = "Testimony."
confidence = "low"
source_url = "memory"
""",
    "instruments/multilateral/conv.toml": f"""
id = "conv"
title = "Convention"
kind = "convention"
adopted_on = "2000-01-01"
signed_on = "2000-02"
in_force_on = "2004-07-01"
entry_rule = {{ months = 3, article = "36" }}
eligible = ["DE", "FR", "IN", "XK"]
absence = "not_party"
source_urls = ["{SOURCE}"]
as_of = "2026-01-01"
confidence = "high"

[scope]
offences = ["cybercrime_listed"]

[general]
dual_criminality = "depends"
channel = "central_authorities"

[[provisions]]
article = "29"
measure = "preservation"
duty = true
summary = "Preservation."
conditions = [{{ text = "a request follows", fact = "follow_up_intended" }}]
time_limits = [{{ value = 60, unit = "days", starts = "start", kind = "minimum_duration" }}]
refusal_grounds = []
confidence = "high"
source_url = "{SOURCE}"

[[contents]]
field = "facts"
requirement = "The facts"
article = "29(2)"

[[reservations]]
state = "DE"
article = "29(4)"
kind = "reservation"
summary = "Dual criminality."
made_on = "2009-03-09"
source_url = "{SOURCE}"
as_of = "2026-01-01"
confidence = "high"

[[exclusions]]
states = ["DE"]
toward = ["FR"]
from_on = "2020-01-01"
reason = "A sample."
source_url = "{SOURCE}"
as_of = "2026-01-01"
confidence = "high"
""",
    "instruments/multilateral/conv.csv": (
        "state,signed_on,bound_on,how,in_force_on,in_force_by,ended_on,end_kind,note,source_url,as_of,confidence\n"
        f"DE,2001-11-23,2009-03-09,ratification,2009-07-01,,,,,{SOURCE},2026-01-01,high\n"
        f'FR,2001-11-23,2006-01-10,ratification,,2010,,,"two\nlines, one cell",{SOURCE},2026-01-01,high\n'
    ),
    "instruments/multilateral/prot.toml": f"""
id = "prot"
title = "Protocol"
kind = "protocol"
parent = "conv"
source_urls = ["{SOURCE}"]
as_of = "2026-01-01"
confidence = "high"
""",
    "instruments/multilateral/prot.csv": (
        f"state,how,in_force_on,source_url,as_of,confidence\nDE,ratification,2010-01-01,{SOURCE},2026-01-01,high\n"
    ),
    "instruments/bilateral/fr-in-mlat-2005.toml": f"""
id = "fr-in-mlat-2005"
title = "Treaty"
kind = "mlat"
states = ["FR", "IN"]
status = "in_force"
in_force_on = "2005"
provisions_of = "bilateral-mlat"
source_urls = ["{SOURCE}"]
as_of = "2015"
confidence = "high"
""",
    "instruments/general/comity.toml": f"""
id = "comity"
title = "Comity"
kind = "comity"
basis = "universal"
binding = false
source_urls = ["{SOURCE}"]
as_of = "2026-01-01"
confidence = "high"
""",
    "states/IN/authorities.csv": (
        "role,name,instrument,measures,languages,source_url,as_of,confidence\n"
        f"central_authority,Ministry of Home Affairs,conv,testimony;preservation,en;hi,{SOURCE},2026-01-01,high\n"
    ),
    "states/IN/offences.csv": (
        "law,section,title,offence_id,max_penalty_years,in_force_from,in_force_to,source_url,as_of,confidence\n"
        f"IT Act,66,Computer offences,illegal_access,3,2009-10-27,2020-01-01,{SOURCE},2026-01-01,high\n"
    ),
    "states/IN/positions.csv": (
        "instrument,stance,reason,said_by,said_on,source_url,as_of,confidence\n"
        f"conv,stays_out,It had no part in it.,the ministry,2010-05,{SOURCE},2026-01-01,high\n"
    ),
    "territories.csv": (
        "code,through,reach,source_url,as_of,confidence\n"
        f"GP,FR,whole,{SOURCE},2026-01-01,high\n"
        f"HK,DE,region,{SOURCE},2026-01-01,high\n"
    ),
    "cooperation/index.toml": f"""
id = "index"
title = "An index"
kind = "index"
run_by = "a body"
since = "2010"
summary = "It measures."
can = ["Show something."]
cannot = ["Open a route."]
instruments = ["conv"]
source_urls = ["{SOURCE}"]
as_of = "2026-01-01"
confidence = "high"

[[ratings]]
state = "IN"
value = "1"
source_url = "{SOURCE}"
as_of = "2026-01-01"
confidence = "high"
""",
    "groups/EU.csv": (
        f"state,from_on,to_on,source_url,as_of,confidence\nGB,1973-01-01,2020-01-31,{SOURCE},2026-01-01,high\n"
    ),
    "offences.csv": (
        "id,title,description,elements,iccs_code,maps_to,source_url,as_of,confidence\n"
        f"illegal_access,Illegal access,Entering.,act;intent,09031,,{SOURCE},2026-01-01,high\n"
        f"phishing,Phishing,Posing.,act,,illegal_access,{SOURCE},2026-01-01,high\n"
    ),
    "providers.csv": (
        "id,name,legal_entity,jurisdiction,email_domains,asn,law_enforcement_url,preservation_days,"
        "emergency_channel,source_url,as_of,confidence\n"
        f"acme,Acme,Acme LLC,US,acme.example,64500,https://acme.example/le,90,yes,{SOURCE},2026-01-01,high\n"
    ),
}


def write_folder(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample, written out."""
    return write_folder(tmp_path / "data")


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Change one text in one file of the sample; fails where the text is not there."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text, f"{old!r} is not in {name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else new + text, encoding="utf-8")

    return replace
