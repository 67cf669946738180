"""Evidence: items and packages, custody, sealing, verifying, release, limits of use, retention."""
