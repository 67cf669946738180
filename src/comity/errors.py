"""The one base of all errors that Comity raises on purpose.

::

    ComityError
    ├── law.errors.LawError ...
    ├── leads.errors.LeadsError ...
    ├── plan.errors.PlanError ...
    └── letters.errors.LettersError ...
"""


class ComityError(Exception):
    """A promise that could not be kept; its text says what, where, and how to mend it."""
