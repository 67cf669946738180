"""The facts of a case and its plans: what was known, what follows from it, and what changed between two plans."""
