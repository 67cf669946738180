"""Which artifacts are logs of visitors: many addresses in a text, or a column of them in a table."""

from comity.leads.model import ArtifactKind, Leads, ObservableKind
from comity.plan.tables import passed_over

LISTS = frozenset({ArtifactKind.TEXT, ArtifactKind.TABLE, ArtifactKind.LOG})
ADDRESSES = frozenset({ObservableKind.IPV4, ObservableKind.IPV6})


def visitor_logs(leads: Leads) -> frozenset[str]:
    """The ids of such artifacts."""
    kinds = {artifact.id: artifact.kind for artifact in leads.artifacts if artifact.kind in LISTS}
    seen: dict[str, set[str]] = {}
    columns: dict[tuple[str, str], int] = {}
    for observable in (o for o in leads.observables if o.kind in ADDRESSES):
        for place in (place for place in observable.places if place.artifact in kinds):
            seen.setdefault(place.artifact, set()).add(observable.value)
            key = place.artifact, place.where.partition(", column ")[2]
            columns[key] = columns.get(key, 0) + 1
    limits = passed_over()
    many = {artifact for artifact, values in seen.items() if len(values) >= limits.log_addresses}
    listed = {artifact for (artifact, column), rows in columns.items() if column and rows >= limits.log_rows}
    return frozenset(many | listed)
