"""What holds for every test."""

from hypothesis import settings

# How long an example takes is measured in bench/: on a busy machine a deadline fails what is right.
settings.register_profile("comity", deadline=None)
settings.load_profile("comity")
