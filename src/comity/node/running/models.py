"""Workers that are alive, and when recurring work is due."""

from django.db import models
from django.utils import timezone


class WorkerBeat(models.Model):
    """That a worker was alive at a moment."""

    id = models.CharField(primary_key=True, max_length=64)
    begun_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.id


class Recurring(models.Model):
    """When a recurring task is due next; of two workers, the one that moves the time gives the task."""

    name = models.CharField(primary_key=True, max_length=100)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
