"""The audit trail: a Merkle log of entries (RFC 9162) whose rows the database lets nobody change."""

from django.db import models


class Entry(models.Model):
    """One leaf. What counts is `body`, the bytes that are hashed; the other columns are there to search by."""

    number = models.BigIntegerField(primary_key=True)
    """Leaf index, from 0."""
    body = models.BinaryField()
    """Canonical JSON (RFC 8785) of a `comity.node.audit.record.Record`."""
    at = models.DateTimeField(db_index=True)
    actor = models.BigIntegerField(null=True)
    about = models.BigIntegerField(null=True)
    """The person whose account it is about."""
    act = models.CharField(max_length=60)
    case = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-number"], name="audit_case"),
            models.Index(fields=["actor", "-number"], name="audit_actor"),
            models.Index(fields=["about", "-number"], name="audit_about"),
            models.Index(fields=["act", "-number"], name="audit_act"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"


class Node(models.Model):
    """A hash of the tree at its place in the row (`comity.evidence.custody`: each leaf, then what it completes)."""

    place = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return str(self.place)


class Head(models.Model):
    """The one row that says how long the log is; whoever enters something holds it until the end of the transaction."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return str(self.size)


class Checkpoint(models.Model):
    """A signed head (C2SP tlog-checkpoint): after it, what stands before it cannot be changed unseen."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)
