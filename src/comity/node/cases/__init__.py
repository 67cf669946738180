"""Cases: who may see them, their evidence, leads and plans."""
