"""What reports say, as data: TOML files of patterns and word lists, compiled once.

A pattern carries the examples and counterexamples that are its tests; see CONTRIBUTING.md for how to write one.
"""

from __future__ import annotations

from patterns.catalogue import (
    CatalogueError,
    Example,
    Matcher,
    Pattern,
    Unit,
    alternation,
    catalogue,
    cue,
    lexicon,
    matcher,
    names,
    table,
    units,
)

__all__ = [
    "CatalogueError",
    "Example",
    "Matcher",
    "Pattern",
    "Unit",
    "alternation",
    "catalogue",
    "cue",
    "lexicon",
    "matcher",
    "names",
    "table",
    "units",
]
