"""What the evidence says: artifacts, the observables in them, and the states and providers they lead to."""
