"""The law data that this node answers by, read once for each process."""

from functools import lru_cache

from comity.law import Registry, load_registry


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry that ships with Comity."""
    return load_registry()
