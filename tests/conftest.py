"""What holds for every test."""

import os

from hypothesis import settings

# How long an example takes is measured in bench/: on a busy machine a deadline fails what is right.
settings.register_profile("comity", deadline=None)
# The same examples each time: a change is judged by itself. New ones are looked for at every desk.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "comity"))
