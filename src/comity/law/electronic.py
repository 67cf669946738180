"""Evidence in electronic form: which measures give it, and when a scope reaches it for any offence."""

from comity.law.vocabulary import Measure, ScopeOffences

#: Measures whose product is evidence in electronic form.
ELECTRONIC = frozenset(
    {
        Measure.PRESERVATION,
        Measure.PARTIAL_DISCLOSURE,
        Measure.SUBSCRIBER_INFORMATION,
        Measure.DOMAIN_REGISTRATION,
        Measure.TRAFFIC_DATA,
        Measure.CONTENT_DATA,
        Measure.REAL_TIME_TRAFFIC,
        Measure.INTERCEPTION,
        Measure.SEARCH_SEIZURE,
        Measure.EMERGENCY_DISCLOSURE,
        Measure.TRANSBORDER_ACCESS,
        Measure.POLICE_INFORMATION,
    }
)


def any_electronic(classes: tuple[ScopeOffences, ...], measure: Measure) -> bool:
    """Electronic evidence of any offence: unless the same scope asks for a least penalty."""
    return (
        ScopeOffences.EVIDENCE_IN_ELECTRONIC_FORM in classes
        and ScopeOffences.SERIOUS_CRIME_MIN_YEARS not in classes
        and measure in ELECTRONIC
    )
