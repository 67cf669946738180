"""What Comity costs in time and memory, measured side by side with a peer where one exists: ``make bench``."""
