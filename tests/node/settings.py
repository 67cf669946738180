"""The node's settings in a folder of their own; ``COMITY_DATABASE`` picks PostgreSQL."""

import os
import tempfile
from typing import Any

os.environ["COMITY_DATA"] = tempfile.mkdtemp(prefix="comity-node-")
for name in [
    name for name in os.environ if name.startswith("COMITY_") and name not in {"COMITY_DATA", "COMITY_DATABASE"}
]:
    del os.environ[name]

from comity.node.settings import *  # noqa: E402, F403  # the environment must stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_database: dict[str, Any] = DATABASES["default"]  # noqa: F405
if "sqlite3" in str(_database["ENGINE"]):
    # A file, as people have it: a database in memory is locked in another way. Nothing of it must outlive the tests.
    _database["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405
    _database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

# Pages are looked at from right to left and in long words too, in the languages that Django itself speaks.
LANGUAGES = [(code, code) for code in ("ar", "de", "en", "es", "fr", "hi", "pt", "ru", "zh")]
