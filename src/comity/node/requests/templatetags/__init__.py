"""Filters of the templates of requests."""
