"""People: who they are, how they sign in, their roles, delegations and turns of duty."""
