"""From facts and evidence to a plan, and from its steps to letters and requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodecases import add_evidence, make_letter, make_plan, tell_facts
from tests.samples.noderequests import planned

from comity.docket import Act
from comity.letters import texts
from comity.node.artifacts.models import Artifact
from comity.node.cases.actions import add_member, close_case
from comity.node.cases.models import Case
from comity.node.composer.actions import comment, draft_again, make_request, restore, save_texts, set_language, settle
from comity.node.composer.models import Letter
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.plans.actions import ask_plan, save_facts, set_uninvolved
from comity.node.plans.models import Facts, PlanState, PlanVersion
from comity.node.plans.tasks import begin_again, make_version
from comity.node.requests.actions.enter import act


@pytest.fixture
def asha() -> User:
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def case(asha: User) -> Case:
    made = make_case(asha)
    tell_facts(asha, made)
    return made


def test_the_plan_is_that_of_the_terminal(asha: User, case: Case) -> None:
    add_evidence(asha, case)
    version = make_plan(asha, case)
    assert version.state == PlanState.DONE, version.problem
    there = {(step.measure, step.state, step.holder_name) for step in planned().plan.steps}
    assert {(step.measure, step.state, step.holder_name) for step in version.plan().steps} == there
    page = client_of(asha).get(f"/plans/{case.pk}/").content.decode()
    assert version.plan().steps[0].title in page.replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')
    report = client_of(asha).get(f"/plans/{case.pk}/1/report/")
    assert report["Content-Security-Policy"].startswith("sandbox")
    assert client_of(asha).get(f"/plans/{case.pk}/1/data/").json()["case"]["state"] == "IN"


def test_facts_that_cannot_be_are_refused_with_their_line_and_nothing_is_kept(asha: User, case: Case) -> None:
    with pytest.raises(InvalidError, match="'currency' is missing"):
        save_facts(asha, case=case, text='reference = "x"\ntitle = "y"\nrequesting_state = "XX"\n', version=1)
    assert Facts.objects.filter(case=case).count() == 1


def test_who_changes_older_facts_is_told_and_sees_both(asha: User, case: Case) -> None:
    text = Facts.objects.get(case=case).text
    save_facts(asha, case=case, text=text + "# one\n", version=1)
    late = client_of(asha).post(f"/plans/{case.pk}/facts/", {"version": 1, "text": text + "# two\n"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "# one" in page
    assert "# two" in page
    assert Facts.objects.filter(case=case).count() == 2


def test_what_is_not_involved_is_not_asked_about_and_the_change_is_shown(asha: User, case: Case) -> None:
    add_evidence(asha, case)
    before = make_plan(asha, case)
    value = next(item.value for step in before.plan().steps for item in step.objects if item.kind.value == "email-addr")
    set_uninvolved(asha, case=case, value=value, who="a witness")
    after = make_plan(asha, case)
    assert value not in {item.value for step in after.plan().steps for item in step.objects}
    assert "What changed since the plan before" in client_of(asha).get(f"/plans/{case.pk}/2/").content.decode()


def test_a_plan_that_fails_says_why_and_one_that_was_left_is_begun_anew(asha: User, case: Case) -> None:
    version = ask_plan(asha, case=case)
    assert ask_plan(asha, case=case).pk == version.pk
    gone = timezone.now() - timedelta(hours=1)
    PlanVersion.objects.filter(pk=version.pk).update(state=PlanState.RUNNING, beat_at=gone)
    begin_again.call()
    assert PlanVersion.objects.get(pk=version.pk).state != PlanState.RUNNING
    make_version.call(version.pk)
    make_version.call(version.pk)
    assert PlanVersion.objects.get(pk=version.pk).state == PlanState.DONE


def test_a_letter_from_its_step_to_its_request(asha: User, case: Case) -> None:
    add_evidence(asha, case)
    letter = make_letter(asha, case, make_plan(asha, case))
    drafted = letter.newest().drafted()
    address = next(address for address, text in texts(drafted.letter) if text.free and len(text.text) > 20)
    made = save_texts(asha, letter=letter, changed={address: "Other words <script>"}, version=1, note="shorter")
    assert dict(texts(made.drafted().letter))[address].text == "Other words <script>"
    browser = client_of(asha)
    page = browser.get(f"/letters/{case.pk}/{letter.pk}/").content.decode()
    assert "Other words &lt;script&gt;" in page
    assert "<ins>Other words" in browser.get(f"/letters/{case.pk}/{letter.pk}/compare/1/2/").content.decode()
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("json", b"{"), ("text", b"")):
        saved = browser.get(f"/letters/{case.pk}/{letter.pk}/save/{form}/")
        assert saved.content.startswith(begins)
        assert saved["Content-Disposition"].startswith("attachment")
    assert browser.get(f"/letters/{case.pk}/{letter.pk}/read/").status_code == 200
    request = make_request(asha, letter=Letter.objects.get(pk=letter.pk), version=2)
    assert request.letter_sha256 == made.sha256
    assert request.state == "draft"
    restore(asha, letter=letter, number=1, version=2)
    make_request(asha, letter=Letter.objects.get(pk=letter.pk), version=3)
    assert request.events.count() == 2


def test_the_language_that_was_checked_is_the_one_that_goes_out(asha: User, case: Case) -> None:
    letter = make_letter(asha, case, make_plan_with_evidence(asha, case))
    request = make_request(asha, letter=letter, version=1)
    set_language(asha, letter=letter, language="fr")
    act(asha, request=request, act=Act.CHECK, version=request.version)
    with pytest.raises(InvalidError, match="it was checked in this language"):
        set_language(asha, letter=letter, language="de")
    letter.refresh_from_db()
    assert letter.language == "fr"
    restore(asha, letter=letter, number=1, version=1)
    make_request(asha, letter=Letter.objects.get(pk=letter.pk), version=2)
    set_language(asha, letter=letter, language="de")


def test_of_two_who_write_the_second_is_told_and_keeps_his_words(asha: User, case: Case) -> None:
    letter = make_letter(asha, case, make_plan_with_evidence(asha, case))
    address = next(address for address, text in texts(letter.newest().drafted().letter) if text.free)
    save_texts(asha, letter=letter, changed={address: "first"}, version=1)
    with pytest.raises(ChangedError):
        save_texts(asha, letter=letter, changed={address: "second"}, version=1)
    late = client_of(asha).post(f"/letters/{case.pk}/{letter.pk}/", {"version": 1, f"text:{address}": "second"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "second" in page
    assert "first" in page


def test_drafting_again_keeps_what_people_wrote(asha: User, case: Case) -> None:
    version = make_plan_with_evidence(asha, case)
    letter = make_letter(asha, case, version)
    address = next(address for address, text in texts(letter.newest().drafted().letter) if text.free)
    save_texts(asha, letter=letter, changed={address: "by hand"}, version=1)
    make_plan(asha, case)
    made = draft_again(asha, letter=letter, version=2)
    assert dict(texts(made.drafted().letter))[address].text == "by hand"


def test_who_only_reads_comments_and_does_not_write(asha: User, case: Case) -> None:
    letter = make_letter(asha, case, make_plan_with_evidence(asha, case))
    uma = make_user(Role.AUDITOR)
    add_member(asha, case=case, user=uma)
    case = Case.objects.get(pk=case.pk)
    letter = Letter.objects.get(pk=letter.pk)
    assert comment(uma, letter=letter, text="Is the period right?").pk
    with pytest.raises(NotAllowedError):
        save_texts(uma, letter=letter, changed={}, version=1)
    with pytest.raises(HiddenError):
        comment(make_user(Role.AUDITOR), letter=Letter.objects.get(pk=letter.pk), text="x")
    assert Artifact.objects.filter(case=case).exists()


def make_plan_with_evidence(asha: User, case: Case) -> PlanVersion:
    add_evidence(asha, case, "mail")
    return make_plan(asha, case)


def test_nothing_is_added_to_a_closed_case(asha: User, case: Case) -> None:
    letter = make_letter(asha, case, make_plan_with_evidence(asha, case))
    request = make_request(asha, letter=letter, version=1)
    said = comment(asha, letter=letter, text="Is the period right?")
    close_case(asha, case=case, version=Case.objects.get(pk=case.pk).version)
    letter.refresh_from_db()
    adding: tuple[Callable[[], object], ...] = (
        lambda: ask_plan(asha, case=case),
        lambda: comment(asha, letter=letter, text="x"),
        lambda: settle(asha, letter=letter, comment_id=said.pk),
        lambda: set_language(asha, letter=letter, language="fr"),
        lambda: save_texts(asha, letter=letter, changed={}, version=letter.number),
        lambda: act(asha, request=request, act=Act.CHECK, version=request.version),
    )
    for add in adding:
        with pytest.raises(InvalidError, match="the case is closed"):
            add()
