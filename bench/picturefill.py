"""A case with many things in it: ``python -m bench.picturefill THINGS`` in the folder COMITY_DATA.

Prints the session of somebody who may see it, and the address of its picture.
"""

import os
import random
import sys
from io import BytesIO
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent


def fill(things: int) -> dict[str, str]:
    """A planned case with so many addresses of the whole Internet in a log."""
    from comity.node.running.setup import start

    start(Path(os.environ["COMITY_DATA"]), administrator=False)
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from comity.node.artifacts.actions import add_file
    from comity.node.cases.actions import open_case
    from comity.node.people.models import RoleGrant, User
    from comity.node.people.roles import Role
    from comity.node.plans.actions import ask_plan, save_facts
    from comity.node.plans.tasks import make_version

    user = User.objects.create(username="asha", email="asha@agency.example", name="Asha")
    RoleGrant.objects.create(user=user, role=Role.INVESTIGATOR)
    case = open_case(user, reference="FIR 1/2026", title="A large case")
    save_facts(user, case=case, text=(ROOT / "examples" / "phishing" / "case.toml").read_text(), version=0)
    chance = random.Random(20261126)
    lines = (".".join(str(chance.randint(1, 220)) for _ in range(4)) for _ in range(things))
    data = "\n".join(f"we were told of {line}" for line in lines).encode()
    add_file(user, case=case, name="told.txt", stream=BytesIO(data), size_bytes=len(data))
    version = ask_plan(user, case=case)
    make_version.call(version.pk)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"session": str(session.session_key), "path": f"/plans/{case.pk}/{version.number}/relations/"}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
    sys.stdout.buffer.write(msgspec.json.encode(fill(int(sys.argv[1]))))
