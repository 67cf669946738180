"""Requests, outgoing and incoming: their life as comity.docket knows it, lists, dates, escalation."""
