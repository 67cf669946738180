"""`comity --node URL …`: the same work against an agency's node, over its HTTP API."""
