"""One broken sample of each kind of finding."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import comity.law
from comity.law.check import check_law_data, has_errors
from comity.law.finding import Severity
from comity.law.reader import read_law_data

CONV = "instruments/multilateral/conv.toml"
PARTIES = "instruments/multilateral/conv.csv"
PROTOCOL = "instruments/multilateral/prot.csv"
TREATY = "instruments/bilateral/fr-in-mlat-2005.toml"
COMITY = "instruments/general/comity.toml"
AUTHORITIES = "states/IN/authorities.csv"
INDEX = "cooperation/index.toml"
TERRITORIES = "territories.csv"
POSITIONS = "states/IN/positions.csv"
SECTIONS = "states/IN/offences.csv"
SOURCE = "https://example.org/source"

PROTOCOL_TEXT = (
    f"state,how,in_force_on,source_url,as_of,confidence\nDE,ratification,2010-01-01,{SOURCE},2026-01-01,high\n"
)
HEADER_WITH_SAVING = (
    f"state,how,in_force_on,saves_pending,source_url,as_of,confidence\nDE,ratification,2010,true,{SOURCE},2026,high\n"
)
SECTION_COLUMNS = "law,section,title,offence_id,max_penalty_years,heaviest,in_force_from,in_force_to,source_url,as_of"
SECTION_END = f"{SOURCE},2026-01-01,high\n"
SECTIONS_TEXT = (
    "law,section,title,offence_id,max_penalty_years,in_force_from,in_force_to,source_url,as_of,confidence\n"
    f"IT Act,66,Computer offences,illegal_access,3,2009-10-27,2020-01-01,{SECTION_END}"
)
HEAVIEST = (
    f"{SECTION_COLUMNS},confidence\nIT Act,66,Computer offences,illegal_access,{{}},true,,2019-12-31,{SECTION_END}"
    f"IT Act,67,Computer offences,illegal_access,5,,{{}},,{SECTION_END}"
)
OF_A_TERRITORY = f"state,how,source_url,as_of,confidence\n{{}},{SOURCE},2026,high\n"
RATING = f"""[[ratings]]
state = "IN"
value = "2"
source_url = "{SOURCE}"
as_of = "2026"
confidence = "high"
"""
NORM = f"""[[norms]]
letter = "a"
title = "A norm"
summary = "States cooperate."
source_url = "{SOURCE}"
confidence = "high"

[[ratings]]"""
#: code, file, text to replace, what stands there instead, row of the finding
CASES = [
    ("unknown-key", CONV, 'title = "Con', 'titel = "X"\ntitle = "Con', "titel"),
    ("unknown-key", CONV, "duty = true", "duty = true\nduti = true", "provisions[1].duti"),
    ("missing-key", CONV, 'title = "Convention"\n', "", ""),
    ("missing-key", CONV, 'summary = "Preservation."\n', "", "provisions[1]"),
    ("schema", CONV, '"preservation"', '"preservaton"', "provisions[1].measure"),
    ("schema", CONV, '"follow_up_intended"', '"follow_up"', "provisions[1].conditions[1].fact"),
    ("schema", CONV, "value = 60", 'value = "sixty"', "provisions[1].time_limits[1].value"),
    ("schema", CONV, 'adopted_on = "2000-01-01"', 'adopted_on = "1 January 2000"', "adopted_on"),
    ("schema", CONV, "entry_rule = {", "entry_rule = 3 # {", "entry_rule"),
    ("schema", PARTIES, "2001-11-23", "23/11/2001", "line 2 signed_on"),
    ("schema", SECTIONS, ",3,", ",three,", "line 2 max_penalty_years"),
    ("missing-key", PARTIES, "DE,2001", ",2001", "line 2"),
    ("unreadable", CONV, 'id = "conv"', 'id = "conv', ""),
    ("unreadable", PARTIES, "state,signed_on", "state,signed", "line 1"),
    ("unreadable", PARTIES, "confidence\n", "confidence,colour\n", "line 1"),
    ("unreadable", PARTIES, "state,signed_on,bound_on", "signed_on,signed_on,bound_on", "line 1"),
    ("unreadable", PROTOCOL, "state,how,in_force_on,source_url", "state,how,how,source_url", "line 1"),
    ("unreadable", PARTIES, "ratification,2009-07-01", "ratification,2009-07-01,,", "line 2"),
    ("unreadable", PARTIES, 'cell"', 'cell"x', ""),
    ("stray-file", "instruments/elsewhere/x.toml", "", 'id = "x"', ""),
    ("file-name", INDEX, 'id = "index"', 'id = "other"', "id"),
    ("duplicate", INDEX, 'id = "index"', 'id = "conv"', "id"),
    ("duplicate", INDEX, "[[ratings]]", RATING + "\n[[ratings]]", "ratings"),
    ("empty", INDEX, 'cannot = ["Open a route."]', "cannot = []", "cannot"),
    ("empty", INDEX, "Show something.", " ", ""),
    ("kind", INDEX, 'kind = "index"', 'kind = "network"', "ratings"),
    ("kind", INDEX, "[[ratings]]", NORM, "norms"),
    ("reference", INDEX, '["conv"]', '["convv"]', "instruments"),
    ("no-source", INDEX, f'source_urls = ["{SOURCE}"]', "source_urls = []", "source_urls"),
    ("state-code", INDEX, 'state = "IN"', 'state = "UK"', "ratings"),
    ("date-unreal", INDEX, 'since = "2010"', 'since = "2010-13"', ""),
    ("reference", POSITIONS, "conv,stays", "convv,stays", "line 2"),
    ("date-order", POSITIONS, "2010-05", "2027-05", "line 2"),
    ("state-code", TERRITORIES, "HK,DE", "HX,DE", "line 3"),
    ("duplicate", TERRITORIES, "HK,DE", "GP,DE", "line 3"),
    ("reach", TERRITORIES, "HK,DE,region", "HK,,region", "line 3"),
    ("reach", TERRITORIES, "HK,DE,region", "HK,DE,own", "line 3"),
    ("reach", TERRITORIES, "HK,DE,region", "HK,GP,region", "line 3"),
    ("through", PROTOCOL, PROTOCOL_TEXT, OF_A_TERRITORY.format("DE,extension"), "line 2"),
    ("through", PROTOCOL, PROTOCOL_TEXT, OF_A_TERRITORY.format("HK,excluded"), "line 2"),
    ("file-name", CONV, 'id = "conv"', 'id = "convention"', "id"),
    ("folder", CONV, 'kind = "convention"', 'kind = "mlat"', "kind"),
    ("folder", CONV, 'kind = "convention"', 'kind = "convention"\nbasis = "universal"', "basis"),
    ("folder", COMITY, 'basis = "universal"', 'basis = "parties"', "basis"),
    ("duplicate", COMITY, 'id = "comity"', 'id = "comity"\naliases = ["conv"]', "id"),
    (
        "duplicate",
        AUTHORITIES,
        "central_",
        f"central_authority,Ministry of Home Affairs,conv,testimony;preservation,en;hi,{SOURCE},2026,high\ncentral_",
        "line 3",
    ),
    ("duplicate", PARTIES, "FR,", "DE,", "line 3"),
    ("duplicate", "groups/EU.csv", "GB,1973", f"GB,1972-01-01,,{SOURCE},2026,high\nGB,1973", "line 3"),
    (
        "no-instrument",
        "instruments/multilateral/lost.csv",
        "",
        f"state,source_url,as_of,confidence\nDE,{SOURCE},2026,high\n",
        "",
    ),
    ("state-code", CONV, 'state = "DE"', 'state = "UK"', ""),
    ("state-code", PARTIES, "DE,2001", "EN,2001", "line 2"),
    ("state-code", "groups/EU.csv", "GB,", "UK,", "line 2"),
    ("state-code", "providers.csv", ",US,", ",USA,", "line 2"),
    (
        "state-code",
        "states/KO/offences.csv",
        "",
        f"law,section,title,offence_id,source_url,as_of,confidence\nA,1,B,phishing,{SOURCE},2026,high\n",
        "",
    ),
    (
        "unknown-section",
        "states/IN/texts.csv",
        "",
        f"law,section,text,source_url,as_of,confidence\nA,1,What it says.,{SOURCE},2026,high\n",
        "line 2",
    ),
    ("language-code", AUTHORITIES, "en;hi", "en;hindi", "line 2"),
    ("date-unreal", PARTIES, "2001-11-23", "2001-11-31", "line 2"),
    ("date-order", PARTIES, "2001-11-23", "2010-11-23", "line 2"),
    ("date-order", CONV, 'adopted_on = "2000-01-01"', 'adopted_on = "2000-03-01"', ""),
    ("date-order", CONV, 'made_on = "2009-03-09"', 'made_on = "2009-03-09"\nwithdrawn_on = "2008"', "reservations[1]"),
    ("date-order", SECTIONS, "2020-01-01", "2001-01-01", "line 2"),
    ("no-source", CONV, f'source_urls = ["{SOURCE}"]', "source_urls = []", "source_urls"),
    ("no-source", CONV, f'source_url = "{SOURCE}"', 'source_url = ""', "provisions[1]"),
    (
        "no-date",
        CONV,
        'as_of = "2026-01-01"\nconfidence = "high"\n\n[scope]',
        'as_of = ""\nconfidence = "high"\n\n[scope]',
        "as_of",
    ),
    (
        "no-date",
        CONV,
        'as_of = "2026-01-01"\nconfidence = "high"\n\n[[excl',
        'as_of = ""\nconfidence = "high"\n\n[[excl',
        "reservations[1]",
    ),
    ("memory", CONV, f'source_urls = ["{SOURCE}"]', 'source_urls = ["memory"]', "confidence"),
    ("memory", PARTIES, f",,,,{SOURCE}", ",,,,memory", "line 2"),
    ("address", CONV, f'source_urls = ["{SOURCE}"]', 'source_urls = ["example"]', "source_urls"),
    ("address", "providers.csv", "https://acme.example/le", "acme.example/le", "line 2"),
    ("reference", TREATY, '"bilateral-mlat"', '"bilateral-mla"', "provisions_of"),
    ("reference", "instruments/multilateral/prot.toml", 'parent = "conv"', 'parent = "con"', "parent"),
    ("reference", CONV, "duty = true", 'duty = true\nneeds = "nothing"', "provisions[1].needs"),
    ("reference", SECTIONS, "illegal_access", "illegal_acces", "line 2"),
    ("reference", AUTHORITIES, "testimony;preservation", "testimony;evidence", "line 2"),
    ("circle", "offences.csv", ",09031,,", ",09031,phishing,", "line 2"),
    ("circle", CONV, "duty = true", 'duty = true\nneeds = "conv"', "provisions"),
    ("treaty-parties", TREATY, '["FR", "IN"]', '["IN", "FR"]', "states"),
    ("treaty-id", TREATY, '["FR", "IN"]', '["DE", "IN"]', "id"),
    ("treaty-year", TREATY, 'in_force_on = "2005"', 'in_force_on = "2006"', "id"),
    ("status", TREATY, 'in_force_on = "2005"\n', "", "status"),
    ("status", TREATY, 'status = "in_force"', 'status = "in_force_listed"', "status"),
    ("status", TREATY, 'status = "in_force"', 'status = "signed_only"', "status"),
    ("status", TREATY, 'status = "in_force"', 'status = "suspended"', "status"),
    ("status", TREATY, 'status = "in_force"', 'status = "nonbinding"', "status"),
    ("status", TREATY, 'status = "in_force"', 'status = "not_in_force"', "status"),
    (
        "status",
        TREATY,
        'in_force_on = "2005"',
        'in_force_on = "2005"\nnot_in_force_as_of = "2006"',
        "not_in_force_as_of",
    ),
    ("ending", TREATY, 'in_force_on = "2005"', 'in_force_on = "2005"\nended_on = "2006"', "ended_on"),
    ("ending", PARTIES, "2009-07-01,,,", "2009-07-01,,2020-01-01,", "line 2"),
    ("in-force-twice", TREATY, 'in_force_on = "2005"', 'in_force_on = "2005"\nin_force_by = "2006"', "in_force_by"),
    ("in-force-twice", PARTIES, "2009-07-01,,", "2009-07-01,2011,", "line 2"),
    ("not-eligible", PARTIES, "FR,", "IT,", "line 3"),
    ("no-consent", PARTIES, ",ratification,2009", ",,2009", "line 2"),
    ("no-consent", PARTIES, ",ratification,,2010", ",unknown,,2010", "line 3"),
    (
        "before-instrument",
        PARTIES,
        "2009-03-09,ratification,2009-07-01",
        "2002-03-09,ratification,2002-07-01",
        "line 2",
    ),
    ("entry-rule", PARTIES, "2009-07-01", "2009-08-01", "line 2"),
    ("no-parent", PROTOCOL, "DE,", "IN,", "line 2"),
    ("before-parent", PROTOCOL, "2010-01-01", "2008-01-01", "line 2"),
    ("frame", CONV, '[scope]\noffences = ["cybercrime_listed"]\n', "", ""),
    ("frame", CONV, 'kind = "convention"', 'kind = "convention"\nprovisions_of = "bilateral-mlat"', "provisions_of"),
    ("frame", CONV, 'offences = ["cybercrime_listed"]', "offences = []", "scope"),
    ("frame", CONV, 'channel = "central_authorities"', 'channel = "inherited"', "general"),
    ("frame", COMITY, 'basis = "universal"', 'basis = "requested_state"', "states"),
    ("empty", CONV, 'article = "29"', 'article = " "', "provisions[1] ( , preservation)"),
    ("empty", CONV, 'summary = "Preservation."', 'summary = ""', "provisions[1] (29, preservation)"),
    ("empty", CONV, 'text = "a request follows"', 'text = ""', "provisions[1] (29, preservation)"),
    ("empty", CONV, 'requirement = "The facts"', 'requirement = ""', "contents[1]"),
    ("period", CONV, "value = 60", "value = 6000", "provisions[1] (29, preservation)"),
    ("period", CONV, 'starts = "start"', 'starts = ""', "provisions[1] (29, preservation)"),
    ("period", "providers.csv", ",90,", ",9000,", "line 2"),
    (
        "threshold",
        CONV,
        'offences = ["cybercrime_listed"]',
        'offences = ["cybercrime_listed"]\nmin_years = 40',
        "scope",
    ),
    ("threshold", CONV, '["cybercrime_listed"]', '["serious_crime_min_years"]', "scope"),
    ("threshold", CONV, '["cybercrime_listed"]', '["cybercrime_listed"]\nabove_min = true', "scope"),
    ("frame", CONV, '["cybercrime_listed"]', '["cybercrime_listed"]\nmay_list = true', "scope"),
    (
        "measure",
        "instruments/models/bilateral-mlat.toml",
        '"testimony"',
        '"extradition"',
        "provisions[1] (1, extradition)",
    ),
    (
        "measure",
        "instruments/models/bilateral-mlat.toml",
        'kind = "mlat"',
        'kind = "extradition"',
        "provisions[1] (1, testimony)",
    ),
    (
        "reference",
        CONV,
        'kind = "convention"',
        'kind = "convention"\nreplaces = ["conv"]\nreplaces_article = "1"',
        "replaces",
    ),
    ("replacement", CONV, 'kind = "convention"', 'kind = "convention"\nreplaces = ["prot"]', "replaces_article"),
    ("catalogue", CONV, "[scope]", '[scope]\ncatalogue = "conv"', "scope.catalogue"),
    ("saving", CONV, 'kind = "convention"', 'kind = "convention"\nsaves_pending = true', "saves_pending"),
    ("sparing", CONV, 'kind = "convention"', 'kind = "convention"\nspares_pending = true', "spares_pending"),
    ("hub", CONV, 'kind = "convention"', 'kind = "convention"\nhub = "membership"', "hub"),
    ("saving", PROTOCOL, PROTOCOL_TEXT, HEADER_WITH_SAVING, "line 2"),
    ("reserving-state", CONV, 'state = "DE"', 'state = "IN"', "reservations[1]"),
    ("reserved-article", CONV, 'kind = "reservation"', 'kind = "reservation"\nprovisions = ["30"]', "reservations[1]"),
    ("reserved-article", CONV, 'kind = "reservation"', 'kind = "reservation"\neffect = "excludes"', "reservations[1]"),
    ("threshold", CONV, 'kind = "reservation"', 'kind = "reservation"\nmin_years = 4', "reservations[1]"),
    ("penalty", SECTIONS, ",3,", ",300,", "line 2"),
    ("penalty", SECTIONS, ",3,", ",-1,", "line 2"),
    ("date-unreal", CONV, "duty = true", 'duty = true\nfrom_on = "2020-02-30"', "provisions[1]"),
    ("reference", CONV, "duty = true", 'duty = true\nonly_offences = ["illegal_acces"]', "provisions[1]"),
    ("heaviest", SECTIONS, SECTIONS_TEXT, HEAVIEST.format("", "2020-01-01"), "line 2"),
    ("heaviest", SECTIONS, SECTIONS_TEXT, HEAVIEST.format("3", "2019"), "line 2"),
    ("iccs", "offences.csv", "09031", "9A", "line 2"),
    ("asn", "providers.csv", "64500", "0", "line 2"),
    ("domain", "providers.csv", "acme.example,", "acme,", "line 2"),
    ("answer", "providers.csv", ",yes,", ",maybe,", "line 2"),
    ("jurisdiction", "jurisdiction/grounds.csv", "conv,,,22", "conv,IN,Code,22", "line 2"),
    ("jurisdiction", "jurisdiction/grounds.csv", "conv,,,22", ",,,22", "line 2"),
    ("jurisdiction", "jurisdiction/grounds.csv", ",IN,Code,s. 1", ",ZZ,Code,s. 1", "line 3"),
    ("jurisdiction", "jurisdiction/grounds.csv", ",IN,Code,s. 1", ",IN,,s. 1", "line 3"),
    ("jurisdiction", "jurisdiction/grounds.csv", "s. 1,territory_effect", "s. 1,;", "line 3"),
    ("jurisdiction", "jurisdiction/criteria.csv", "territory_effect", ";", "line 2"),
    ("reference", "jurisdiction/consultations.csv", "conv,22(5)", "convo,22(5)", "line 2"),
    ("memory", "jurisdiction/criteria.csv", SOURCE, "memory", "line 2"),
]
#: Codes whose samples need more than one change.
ELSEWHERE = {"requested-state"}


def test_a_heavier_form_may_come_after_the_heaviest(folder: Path) -> None:
    (folder / SECTIONS).write_text(HEAVIEST.format("3", "2020-01-01"))
    assert check_law_data(read_law_data(folder)) == ()


def test_the_sample_is_without_findings(folder: Path) -> None:
    assert check_law_data(read_law_data(folder)) == ()


@pytest.mark.parametrize(("code", "file", "old", "new", "row"), CASES)
def test_each_kind_of_fault_is_found(
    folder: Path, change: Callable[[str, str, str], None], code: str, file: str, old: str, new: str, row: str
) -> None:
    change(file, old, new)
    findings = check_law_data(read_law_data(folder))
    found = [finding for finding in findings if finding.code == code and finding.row == row]
    assert found, [str(finding) for finding in findings]
    assert all(finding.problem and finding.remedy for finding in findings)


def test_a_condition_of_a_treaty_names_one_of_its_parties(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    text = (folder / CONV).read_text(encoding="utf-8")
    own = text[text.index("[scope]") : text.index("[[contents]]")].replace(
        'fact = "f', 'when_requested = "US", fact = "f'
    )
    change(TREATY, 'provisions_of = "bilateral-mlat"\n', "")
    (folder / TREATY).write_text((folder / TREATY).read_text(encoding="utf-8") + own, encoding="utf-8")
    assert "requested-state" in {finding.code for finding in check_law_data(read_law_data(folder))}


def test_every_kind_of_finding_has_a_broken_sample() -> None:
    package = Path(comity.law.__file__).parent
    sources = [*package.glob("checks/*.py"), package / "reader.py", package / "record.py"]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    calls = re.findall(r'(?:error|warning|tell)\(\s*[\w.]+,\s*(?:f?"[^"]*"|[\w.]+),\s*"([a-z-]+)"', written)
    calls += re.findall(r'(?:code=|_misfit\(path, |, "", |error\.where, )"([a-z-]+)"', written)
    assert {*calls} == {case[0] for case in CASES} | ELSEWHERE


def test_not_utf8_is_a_finding(folder: Path) -> None:
    (folder / CONV).write_bytes(b'id = "\xff"')
    (folder / PARTIES).write_bytes(b"state\n\xff\n")
    findings = [finding for finding in check_law_data(read_law_data(folder)) if finding.code == "unreadable"]
    assert {finding.file for finding in findings} == {CONV, PARTIES}


def test_one_row_that_does_not_fit_loses_no_other(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(PARTIES, "ratification,2009-07-01", "ratification,2009-07-01,,")
    assert [row.record.state for row in read_law_data(folder).participations if row.owner == "conv"] == ["FR"]


def test_a_missing_table_is_a_finding(folder: Path) -> None:
    (folder / "providers.csv").unlink()
    assert [finding.code for finding in read_law_data(folder).findings] == ["unreadable"]


def test_all_misfits_of_a_file_are_told_at_once(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(CONV, 'kind = "convention"', 'kind = "conventoin"')
    change(CONV, '"preservation"', '"preservaton"')
    change(CONV, 'state = "DE"', "stat = 5")
    rows = {finding.row for finding in read_law_data(folder).findings}
    assert rows == {"kind", "provisions[1].measure", "reservations[1]", "reservations[1].stat"}


def test_a_wrong_enum_names_its_neighbour(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(CONV, '"preservation"', '"preservaton"')
    (finding,) = read_law_data(folder).findings
    assert finding.remedy == "did you mean 'preservation'?"
    assert str(finding).startswith(f"{CONV} provisions[1].measure: ")


def test_a_protocol_of_an_incomplete_table_only_warns(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(CONV, 'absence = "not_party"\n', "")
    change(PROTOCOL, "DE,", "IN,")
    (finding,) = check_law_data(read_law_data(folder))
    assert (finding.code, finding.severity) == ("no-parent", Severity.WARNING)
    assert not has_errors((finding,))


def test_a_territory_that_is_left_out_need_not_be_eligible(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    (folder / PARTIES).write_text((folder / PARTIES).read_text() + f"NC,,,excluded,,,,,,{SOURCE},2026,high\n")
    assert "not-eligible" not in {finding.code for finding in check_law_data(read_law_data(folder))}


def test_a_signatory_needs_no_parent(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(PROTOCOL, "DE,ratification,2010-01-01", "IN,,")
    assert check_law_data(read_law_data(folder)) == ()


def test_a_source_that_found_it_not_in_force_before_its_first_day_is_no_contradiction(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change(TREATY, 'in_force_on = "2005"', 'in_force_on = "2005"\nnot_in_force_as_of = "2004"')
    assert check_law_data(read_law_data(folder)) == ()


def test_an_unreal_date_stops_no_other_check(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(TREATY, 'in_force_on = "2005"', 'in_force_on = "2005-13"\nnot_in_force_as_of = "2004"')
    change(CONV, 'in_force_on = "2004-07-01"', 'in_force_on = "2004-07-32"')
    assert {finding.code for finding in check_law_data(read_law_data(folder))} == {"date-unreal"}


def test_a_rule_without_figures_expects_no_day(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change(CONV, "months = 3, ", "")
    assert check_law_data(read_law_data(folder)) == ()


def test_a_second_period_may_follow_the_first(folder: Path, change: Callable[[str, str, str], None]) -> None:
    change("groups/EU.csv", "2020-01-31", f"2020-01-31,{SOURCE},2026-01-01,high\nGB,2020-02-01,2020-12-31")
    assert check_law_data(read_law_data(folder)) == ()
