"""Letters of other authorities in layouts of their own: who asks whom, and what is not sure."""

from datetime import date

import pytest
from tests.samples.foreign import CONTACTS, FOREIGN, MEASURES, OBJECTS
from tests.samples.letterfiles import plain_pdf

from comity.law import Confidence, Registry, load_registry
from comity.letters.incoming import Outcome, examine, receive
from comity.letters.incoming.received import Received
from comity.letters.recognise import Recognition
from comity.letters.recognise.cues import folded
from comity.letters.recognise.head import has_authority
from comity.letters.recognise.states import adjectives_in, authorities_in, seats_in, states_in

DAY = date(2026, 12, 5)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def received(text: str, registry: Registry) -> Received:
    return receive(text.encode(), registry, file="letter.txt", received_on=DAY)


def read(text: str, registry: Registry) -> Recognition:
    found = received(text, registry).recognition
    assert found is not None
    return found


@pytest.mark.parametrize("name", list(FOREIGN))
def test_who_asks_whom(name: str, registry: Registry) -> None:
    text, asking, asked, sender, addressee = FOREIGN[name]
    found = read(text, registry)
    assert (found.value("requesting_state"), found.value("requested_state")) == (asking, asked)
    assert found.said("requesting_state")[0].confidence is not Confidence.LOW
    assert sender in found.value("sender")
    assert addressee in found.value("addressee")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("REPUBLIC OF KENYA", ["KE"]),
        ("République française", ["FR"]),
        ("REPUBLIQUE FRANCAISE", ["FR"]),
        ("zwischen der Bundesrepublik Deutschland und den Vereinigten Staaten von Amerika", ["DE", "US"]),
        ("U.S. Department of Justice", ["US"]),
        ("Республики Индия и Кыргызской Республики, Германии", ["IN", "KG", "DE"]),
        ("Estados Unidos Mexicanos", ["MX"]),
        ("中华人民共和国", ["CN"]),
        ("وزارة العدل، جمهورية مصر العربية", ["EG"]),
        ("भारत गणराज्य", ["IN"]),
        ("South Sudan and Papua New Guinea", ["SS", "PG"]),
        ("Indiana, Omaha, New Mexico, New Jersey, us, the Romans, Malin", []),
    ],
)
def test_states_by_whole_words(text: str, codes: list[str]) -> None:
    assert [state.code for state in states_in(folded(text)) if state.sure] == codes


def test_a_name_that_is_something_else_too_is_not_sure() -> None:
    assert [(one.code, one.sure) for one in states_in(folded("Atlanta, Georgia"))] == [("GE", False)]
    assert [(one.code, one.sure) for one in states_in(folded("Georgia; Republic of Georgia"))] == [("GE", True)]


def test_what_else_tells_a_state(registry: Registry) -> None:
    assert adjectives_in(folded("les autorités françaises")) == ("FR",)
    assert authorities_in(folded("Bundesamt für Justiz"), registry) == ("DE",)
    assert authorities_in(folded("Office of the Attorney General, Ministry of Justice"), registry) == ()
    assert seats_in(folded("Washington D.C."), registry) == ("US",)


def test_order_alone_is_not_sure_and_is_asked(registry: Registry) -> None:
    letter = received("Ministry of Justice, Kenya\nMinistry of Justice, Japan\nPlease preserve the account.", registry)
    found = examine(letter, registry, as_of=DAY)
    assert letter.sides_unsure
    assert found.outcome is Outcome.CANNOT_TELL
    assert "it is not sure that Kenya asks Japan" in found.why


def test_a_treaty_alone_leaves_open_who_asks(registry: Registry) -> None:
    found = read("Request under the treaty between Kenya and Japan\nPlease preserve the account.", registry)
    assert [said.confidence for said in found.said("requesting_state")] == [Confidence.LOW]
    assert {found.value("requesting_state"), found.value("requested_state")} == {"KE", "JP"}


def test_the_other_side_of_a_treaty(registry: Registry) -> None:
    told = read("To: Ministry of Justice\nunder the treaty between Kenya and Japan\nHigh Court of Kenya", registry)
    assert (told.value("requesting_state"), told.value("requested_state")) == ("KE", "JP")
    third = read("From: High Court, Kenya\nunder the treaty between France and Japan", registry)
    assert (third.value("requesting_state"), third.value("requested_state")) == ("KE", "")
    asked = read("From: High Court\nTo: High Court, Kenya\nunder the treaty between Kenya and Japan", registry)
    assert (asked.value("requesting_state"), asked.value("requested_state")) == ("JP", "KE")


def test_a_central_authority_that_asks_is_no_addressee(registry: Registry) -> None:
    found = read(
        "U.S. Department of Justice\nNovember 18, 2026\nCentral Authority: Bundesamt für Justiz, Bonn\nRe: Request\n"
        "The Central Authority of the United States of America requests the assistance of Germany.",
        registry,
    )
    assert (found.value("requesting_state"), found.value("requested_state")) == ("US", "DE")
    own = read("Central Authority: Ministry of Justice, Kenya\n3 May 2026\nTo the Ministry of Justice, Japan", registry)
    assert (own.value("requesting_state"), own.value("requested_state")) == ("KE", "JP")


@pytest.mark.parametrize("name", list(FOREIGN))
def test_what_it_is_about_and_whom_to_call(name: str, registry: Registry) -> None:
    found = read(FOREIGN[name][0], registry)
    assert tuple(said.value for said in found.said("objects")) == OBJECTS[name]
    assert tuple(said.value for said in found.said("contacts")) == CONTACTS[name]


def things(text: str, registry: Registry) -> tuple[dict[str, str], list[str]]:
    found = read(text, registry)
    objects = {said.value: said.confidence.value for said in found.said("objects")}
    return objects, [said.value for said in found.said("contacts")]


def test_a_number_that_goes_on_in_the_next_line(registry: Registry) -> None:
    objects, _ = things(
        "Please furnish the subscriber details of +91 98450\n12345 and the statements of the account\n"
        "501200000090210 kept there",
        registry,
    )
    assert objects == {"+919845012345": "high", "501200000090210": "high"}


def test_numbers_below_each_other_stay_apart(registry: Registry) -> None:
    objects, _ = things(
        "Please freeze the following: account 501200000090210\naccount 501200000090211\naccount 501200000090212",
        registry,
    )
    assert list(objects) == ["501200000090210", "501200000090211", "501200000090212"]


def test_a_number_that_is_asked_for_is_no_contact(registry: Registry) -> None:
    objects, contacts = things(
        "High Court of Kenya\nSubject: request\nPlease identify the user of the telephone +91 98450 12345.\n"
        "POINT OF CONTACT\nMs Sample, +254 20 2227461, c@court.example",
        registry,
    )
    assert objects == {"+919845012345": "high"}
    assert contacts == ["+254202227461", "c@court.example"]


def test_what_may_be_either_is_not_sure(registry: Registry) -> None:
    objects, contacts = things("x\nThe office has the telephone +254 20 2227461.", registry)
    assert (objects, contacts) == ({"+254202227461": "low"}, [])
    both, _ = things("x\nPlease trace +254 20 2227461.\nThe office has the telephone +254 20 2227461.", registry)
    assert both == {"+254202227461": "high"}


def test_a_row_of_a_table_without_a_colon(registry: Registry) -> None:
    objects, contacts = things("x\nContact Ms Sample, a@b.example", registry)
    assert (objects, contacts) == ({}, ["a@b.example"])


def test_below_the_signature(registry: Registry) -> None:
    _, contacts = things("x\nPlease help.\nYours faithfully,\nJane Sample\njane@desk.example", registry)
    assert contacts == ["jane@desk.example"]


@pytest.mark.parametrize("name", list(FOREIGN))
def test_what_is_asked(name: str, registry: Registry) -> None:
    found = read(FOREIGN[name][0], registry)
    assert {said.value for said in found.said("measures")} == set(MEASURES[name])
    assert all(said.confidence is not Confidence.LOW for said in found.said("measures"))


@pytest.mark.parametrize("name", [name for name in FOREIGN if name != "en-note"])
def test_facts_reference_and_secrecy(name: str, registry: Registry) -> None:
    found = read(FOREIGN[name][0], registry)
    assert found.said("facts")
    assert found.said("confidentiality")
    assert found.value("reference")
    assert found.value("date").startswith("2026-1")


def test_a_heading_with_its_text_on_the_line(registry: Registry) -> None:
    found = read("x\nFacts: On 3 May money was lost.\nMore was lost.\nPlease freeze the account.", registry)
    assert found.texts["facts"][0].text == "On 3 May money was lost. More was lost."
    closed = read("x\nFacts: Money was lost.\nSuspect: Jane Sample", registry)
    assert closed.texts["facts"][0].text == "Money was lost."
    secret = read("x\nAssistance sought: freezing of the account.\nThis is confidential.", registry)
    assert [said.value for said in secret.said("measures")] == ["freezing"]


def test_an_article_of_a_treaty_is_no_section_of_a_law(registry: Registry) -> None:
    text = (
        "From: Attorney General, Kenya\nTo: Ministry, India\nUnder Article {} of the United Nations Convention against "
        "Transnational Organized Crime\nComputer Misuse and Cybercrimes Act, 2018"
    )
    assert read(text.format(18), registry).sections == ()
    cited = read(text.format(18) + ", section 18", registry)
    assert cited.sections


def test_whom_a_subject_names_is_not_sure(registry: Registry) -> None:
    found = read("x\nBetreff: Strafsache gegen Max MUSTERMANN, wohnhaft in Bremen", registry)
    assert [(s.value, s.confidence.value) for s in found.said("persons")] == [("Max MUSTERMANN", "low")]
    assert read("x\nObjet : affaire contre X, escroquerie", registry).said("persons") == ()


def test_a_number_without_a_label_in_the_head(registry: Registry) -> None:
    said = read("Прокуратура\n12.11.2026 № 82/1-4711-26\nПросим", registry).said("reference")
    assert [(one.value, one.confidence.value) for one in said] == [("82/1-4711-26", "low")]


def test_a_period_over_the_end_of_a_line(registry: Registry) -> None:
    found = read("Please provide the statements for the period 1 October\n2026 to 31 October 2026.", registry)
    assert [said.value for said in found.said("period")] == ["2026-10-01", "2026-10-31"]


def test_rows_of_a_table_in_a_pdf(registry: Registry) -> None:
    rows = [
        "Offence Computer fraud", "Facts On 5 October money was lost.", "Assistance sought (a) Subscriber details",
        "Urgency The trial starts soon.",
    ]  # fmt: skip
    found = receive(plain_pdf(rows), registry, file="f", received_on=DAY).recognition
    assert found is not None
    assert found.texts["facts"][0].text == "On 5 October money was lost."
    alone = receive(plain_pdf(["Facts On 5 October."]), registry, file="f", received_on=DAY).recognition
    assert alone is not None
    assert alone.texts["facts"] == ()


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("entendre M. Navin Kumar SHETTY, né le 3 mars 1984, en qualité de témoin.", "Navin Kumar SHETTY", "witness"),
        ("We seek Omar AL-FULAN, born 4 May 1990 in Jeddah, for fraud.", "Omar AL-FULAN", "suspect"),
        ("John DOE, a U.S. national born May 2, 1980, obtained access.", "John DOE", "suspect"),
        ("استولى المتهم خالد سالم المنصوري، إماراتي الجنسية، على مبلغ", "خالد سالم المنصوري", "suspect"),
        ("अभियुक्त रमेश कुमार, भारतीय नागरिक, ने राशि भेजी", "रमेश कुमार", "suspect"),
        ("पीड़ित सुनीता देवी से ठगी की", "सुनीता देवी", "victim"),
    ],
)  # fmt: skip
def test_persons_in_running_text(text: str, name: str, role: str, registry: Registry) -> None:
    found = read(f"x\n{text}", registry)
    assert [said.value for said in found.said("persons")] == [name]
    assert found.roles[name] == role


def test_the_judge_who_writes_is_no_suspect(registry: Registry) -> None:
    assert read("x\nCabinet de Mme Hélène Garnier, juge d'instruction", registry).said("persons") == ()


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("N° Instruction : JI JUNAL 26/00045", "JI JUNAL 26/00045"),
        ("पत्र संख्या: 25016/88/2026-एलसी", "25016/88/2026-एलसी"),
        ("Ref. 4471/EXT/2026        Riyadh, 2 November 2026", "4471/EXT/2026"),
    ],
)
def test_references_as_offices_write_them(line: str, reference: str, registry: Registry) -> None:
    assert read(f"x\n{line}", registry).value("reference") == reference


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("المطلوب:\n1- تجميد الرصيد.\n2- موافاتنا بكشف الحساب وبيانات صاحبه.", {"freezing", "bank_information"}),
        ("अनुरोध: उक्त खाते के धारक का नाम तथा लेखा विवरण उपलब्ध कराएं।", {"bank_information"}),
    ],
)
def test_measures_in_plain_words(text: str, measures: set[str], registry: Registry) -> None:
    assert {said.value for said in read(text, registry).said("measures")} == measures


def test_two_dates_of_two_sentences_are_no_period(registry: Registry) -> None:
    text = (
        "Nous prions d'agir entre temps : les journaux sont effacés le 12 janvier 2027. "
        "Réponse souhaitée avant le 15 décembre 2026."
    )
    found = read(text, registry)
    assert found.value("deadline") == "2026-12-15"
    assert found.said("period") == ()


def test_the_sender_and_the_victim_are_no_objects(registry: Registry) -> None:
    text = (
        "From: Inspector Prakash <cyber.ps@police.example>\nTo: Google\nGive details of fraudster99@gmail.com.\n"
        "A sum came back from DE89 3704 0044 0532 0130 00, account of the victim.\n"
    )
    found = read(text, registry)
    assert [said.value for said in found.said("objects")] == ["fraudster99@gmail.com"]
    assert [said.value for said in found.said("victims")] == ["DE89370400440532013000"]


def test_a_language_that_is_not_read_is_said(registry: Registry) -> None:
    text = "Aan: Ministry of Justice, India\nGaarne ontvangen wij van u de gegevens van het account, met dank voor u."
    found = read(text, registry)
    assert found.language == ""
    assert any("none of the nine" in gap.remedy for gap in found.missing)


def test_one_section_is_one_offence(registry: Registry) -> None:
    text = (
        "U.S. Department of Justice\nTO: The Central Authority of the United Kingdom, Home Office, London\nOFFENSES\n"
        "Wire fraud; computer fraud, Title 18, United States Code, Section 1030."
    )
    assert {said.value for said in read(text, registry).said("offences")} == {"computer_fraud"}


def test_a_convention_of_many_names_no_treaty_of_the_two(registry: Registry) -> None:
    text = (
        "دولة الإمارات العربية المتحدة\nوزارة العدل\nإلى: وزارة العدل في الجمهورية الفرنسية\n"
        "استنادا إلى اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية، المادة 18"
    )
    assert [said.value for said in read(text, registry).said("instrument")] == ["untoc"]


def test_the_treaty_of_france_and_the_emirates_is_what_would_carry_it(registry: Registry) -> None:
    text = (
        "دولة الإمارات العربية المتحدة\nوزارة العدل\nإلى: وزارة العدل في الجمهورية الفرنسية\n"
        "استنادا إلى اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية، المادة 18\n"
        "الجرائم: الاحتيال الإلكتروني، المادة 40 من المرسوم بقانون اتحادي رقم 34 لسنة 2021\n"
        "المطلوب:\n1- تجميد الرصيد في الحساب FR76 3000 6000 0112 3456 7890 189."
    )
    found = examine(received(text, registry), registry, as_of=date(2026, 11, 26))
    assert "ae-fr-mlat-2007" in {way.instrument for way in found.measures[0].ways}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("das Justizministerium des Vereinigten Königreichs", "GB"),
        ("die Behörden der Vereinigten Staaten", "US"),
        ("die Polizei Frankreichs", "FR"),
        ("im Namen der Republik Indien", "IN"),
        ("وزارة العدل للإمارات العربية المتحدة", "AE"),
        ("Министерству юстиции Республики Индия", "IN"),
    ],
)
def test_a_state_is_known_in_every_case(text: str, code: str) -> None:
    assert [state.code for state in states_in(folded(text))] == [code]


@pytest.mark.parametrize(
    "text", ["des Bundesamts für Justiz", "des Bundesamtes für Justiz", "dem Bundesamt für Justiz"]
)
def test_an_authority_is_known_in_every_case(text: str, registry: Registry) -> None:
    assert authorities_in(folded(text), registry) == ("DE",)
    assert has_authority(folded(text))
    assert has_authority(folded("des Zentralen Ermittlers"))
