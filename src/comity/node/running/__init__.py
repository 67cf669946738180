"""What keeps a node going: the worker and its schedule, health, first run, backup and doctor."""
