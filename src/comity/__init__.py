"""Comity: from evidence of a cybercrime to a lawful cross-border request, and from request to proven evidence."""
