"""Evidence that proves itself: sealed packages, the custody log, keys and identities.

Others enter through the packages below: `comity.evidence.custody` (who held what, when, why, under which order),
`comity.evidence.keys` (who signs, who can read) and `comity.evidence.package` (seal, verify, unseal).
"""
