"""Commands round a node."""
