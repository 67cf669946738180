"""Forms of the node: they read what people type; what is allowed is decided by actions."""

from django import forms

from comity.node.errors import InvalidError


class ActForm(forms.Form):
    """A form whose act may be refused: the refusal stands beside its field."""

    def take(self, error: InvalidError) -> None:
        """Show what the action refused, by field."""
        for field, problem in error.problems.items():
            self.add_error(field if field in self.fields else None, problem)
