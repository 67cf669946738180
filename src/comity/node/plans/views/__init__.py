"""Pages of facts and plans: what the person sees, and who may."""
