"""Meaning: a ``Document`` in, ``Report``s out.

``parse(document)`` is the one entry: it splits the document into reports and reads each one's sections, figures,
grids, scores and citations with the patterns of ``patterns/``.
"""

from __future__ import annotations

from parsers.model import Citation, Fact, Grid, GridCell, Report, Score, Section, Unread
from parsers.parse import parse

__all__ = ["Citation", "Fact", "Grid", "GridCell", "Report", "Score", "Section", "Unread", "parse"]
