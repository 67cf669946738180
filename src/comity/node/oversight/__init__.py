"""Figures without content: how long steps took, refusals, what is late, what can be published."""
