"""The audit trail: who did or read what, in a log that nobody can change unseen."""
