"""What a person does on a page, a program does by API, under one rule."""

import pkgutil
from importlib import import_module

import pytest
from ninja import Schema

from comity.node import api
from comity.node.doors import Address, addresses

SAME = {
    "people:list": "list_people",
    "people:invite": "invite_person",
    "people:show": "read_person",
    "people:edit": "edit_person",
    "people:renew": "renew_invitation",
    "people:grant": "grant_role",
    "people:end_role": "end_role",
    "people:end_sessions": "end_sessions",
    "people:reset_factors": "reset_factors",
    "people:close": "close_account",
    "people:reopen": "open_account",
    "people:units": "list_units",
    "people:new_unit": "make_unit",
    "people:unit": "change_unit",
    "people:me": "edit_me",
    "people:tokens": "list_tokens",
    "people:revoke_token": "revoke_token",
    "people:delegations": "list_delegations",
    "people:delegate": "delegate",
    "people:revoke_delegation": "revoke_delegation",
    "people:roster": "read_roster",
    "people:new_shift": "plan_shifts",
    "people:shift": "read_shift",
    "people:take_over": "take_over",
    "people:handover": "write_handover",
    "people:call_off": "call_off_shift",
    "people:ask_swap": "ask_swap",
    "people:answer_swap": "answer_swap",
    "directory:list": "list_lines",
    "directory:export": "read_directory_file",
    "directory:now": "whom_to_call",
    "directory:new": "add_line",
    "directory:import": "import_directory",
    "directory:show": "read_line",
    "directory:change": "change_line",
    "directory:confirm": "confirm_line",
    "directory:withdraw": "withdraw_line",
    "directory:restore": "restore_line",
    "directory:call": "enter_call",
    "audit:trail": "list_entries",
    "audit:mine": "list_own_entries",
    "audit:export": "export_trail",
    "audit:case": "list_case_entries",
    "audit:entry": "read_entry",
    "audit:proof": "prove_entry",
    "audit:checkpoints": "list_checkpoints",
    "audit:sign": "sign_checkpoint",
    "audit:checkpoint": "read_checkpoint",
    "audit:growth": "prove_growth",
    "oversight:figures": "list_figures",
    "oversight:year": "read_figures",
    "oversight:save": "read_figures_file",
    "oversight:publish": "publish_figures",
    "oversight:count": "count_figures",
    "oversight:published": "read_publication",
    "oversight:save_published": "read_publication_file",
    "oversight:due": "list_persons_due",
    "oversight:persons": "list_persons",
    "oversight:given": "tell_person",
    "webhooks:list": "list_webhooks",
    "webhooks:new": "add_webhook",
    "webhooks:end": "end_webhook",
    "cases:list": "list_cases",
    "cases:new": "open_case",
    "cases:show": "read_case",
    "cases:rename": "rename_case",
    "cases:turn": "close_case",
    "cases:members": "list_members",
    "cases:end_member": "end_membership",
    "artifacts:list": "list_evidence",
    "artifacts:add": "add_evidence",
    "artifacts:note": "add_note",
    "artifacts:save": "read_evidence",
    "artifacts:out": "leave_out_evidence",
    "plans:newest": "list_plans",
    "plans:facts": "read_facts",
    "plans:ask": "ask_plan",
    "plans:uninvolved": "set_uninvolved",
    "plans:tie": "tell_tie",
    "plans:lead": "add_lead",
    "plans:version": "read_plan",
    "plans:relations": "read_relations",
    "plans:report": "read_plan_report",
    "plans:data": "read_plan_document",
    "composer:of_case": "list_letters",
    "composer:from_step": "begin_letter",
    "composer:edit": "read_draft",
    "composer:check": "check_letter_texts",
    "composer:read": "read_letter",
    "composer:save": "read_letter_file",
    "composer:act": "restore_letter",
    "composer:comment": "add_comment",
    "composer:compare": "compare_letter_versions",
    "composer:to_request": "make_request",
    "requests:list": "list_requests",
    "requests:of_case": "list_case_requests",
    "requests:show": "read_request",
    "requests:act": "enter_act",
    "requests:paper": "read_request_paper",
    "requests:answer": "draft_answer",
    "requests:incoming": "list_arrivals",
    "requests:arrival": "read_arrival",
    "requests:month": "list_dates",
    "requests:feeds": "list_feeds",
    "requests:revoke": "revoke_feed",
    "requests:alarms": "list_alarms",
    "requests:seen": "see_alarm",
    "requests:clashes": "list_clashes",
    "requests:settle": "settle_clash",
    "vault:list": "list_packages",
    "vault:seal": "seal_package",
    "vault:check": "check_package",
    "vault:show": "read_package",
    "vault:release": "release_package",
    "vault:custody": "enter_custody",
    "vault:due": "list_packages_due",
    "vault:drop": "take_package",
    "vault:unpack": "unpack_package",
    "vault:consent": "take_consent",
    "vault:keep": "keep_package",
    "vault:hold": "hold_package",
    "vault:ask_removal": "ask_removal",
    "vault:call_off_removal": "call_off_removal",
    "vault:confirm_removal": "confirm_removal",
    "vault:save_proof": "read_removal_proof",
    "vault:save": "read_package_file",
    "vault:save_custody": "read_custody",
    "vault:save_report": "read_package_report",
    "vault:identities": "list_identities",
    "vault:own_identity": "read_own_identity",
}
"""Pages and the operations that do the same; each pair has one rule."""
STRICTER = {"oversight:delay": "delay_person"}
"""The page opens for who reads the case, and its act asks for more; the operation asks for that at once."""
ON_PAGES_ONLY = {
    *("people:new_token", "people:presence", "people:settle", "people:accept"),
    *("artifacts:uploads", "artifacts:upload"),
    *("requests:browser", "requests:end_browser", "requests:ics"),
    *("plans:progress", "vault:progress"),
}
"""Told in docs/node/api.md, with the reason."""

SIGNING = {"requests:signing", "requests:letter_to_sign", "requests:sign_here"}
"""Tried with their own operations, beside pre-check."""
FOUND: dict[str, Address] = {one.name: one for one in addresses()}
APPS = {"people", "directory", "audit", "oversight", "webhooks", "cases", "artifacts", "plans", "composer", "requests"}
PAGES = {name for name in FOUND if name.split(":")[0] in {*APPS, "vault"} and name not in SIGNING}


def test_every_page_has_its_operation_or_its_reason() -> None:
    assert SAME.keys() | STRICTER.keys() | ON_PAGES_ONLY == PAGES


@pytest.mark.parametrize(("page", "operation"), SAME.items())
def test_page_and_operation_have_one_rule(page: str, operation: str) -> None:
    assert FOUND[operation].method
    assert FOUND[page].access == FOUND[operation].access


@pytest.mark.parametrize(("page", "operation"), STRICTER.items())
def test_a_stricter_operation_lets_in_nobody_whom_the_page_keeps_out(page: str, operation: str) -> None:
    assert FOUND[operation].roles < FOUND[page].roles


def test_every_schema_has_a_name_of_its_own() -> None:
    """Two of one name would take each other's place in the description."""
    found: dict[str, set[str]] = {}
    for module in pkgutil.iter_modules(api.__path__, "comity.node.api."):
        for name, one in vars(import_module(module.name)).items():
            if isinstance(one, type) and issubclass(one, Schema) and one.__module__.startswith("comity.node.api."):
                found.setdefault(name, set()).add(one.__module__)
    assert not {name: modules for name, modules in found.items() if len(modules) > 1}
