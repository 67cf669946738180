"""The law to look at: states, pairs, instruments, the map, what would change."""
