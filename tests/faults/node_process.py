"""Makes a node with one investigator and cases whose plans wait to be made: run by `test_faults_node`."""

import sys
from pathlib import Path

from comity.node.running.setup import prepare, start

PASSWORD = "correct horse battery staple"


def make(data: Path, example: Path, plans: int) -> None:
    """The node, with `plans` cases."""
    prepare(data)
    start(data, administrator=False)
    from comity.node.artifacts.actions import add_file
    from comity.node.cases.actions import open_case
    from comity.node.people.models import RoleGrant, User
    from comity.node.people.roles import Role
    from comity.node.plans.actions import ask_plan, save_facts

    user = User.objects.create_user(username="asha", email="asha@agency.example", password=PASSWORD, name="Asha")
    RoleGrant.objects.create(user=user, role=Role.INVESTIGATOR)
    for number in range(plans):
        case = open_case(user, reference=f"P{number}", title="To be planned")
        save_facts(user, case=case, text=(example / "case.toml").read_text(), version=0)
        for path in sorted(example.rglob("*.eml")):
            with path.open("rb") as file:
                add_file(user, case=case, name=path.name, stream=file, size_bytes=path.stat().st_size)
        ask_plan(user, case=case)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
