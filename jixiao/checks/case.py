"""What the checks of one report look at: its text, its figures, and how these hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.document import Document
from parsers.model import Report
from parsers.packs import Indicator, Pack, indicators
from parsers.relate.relate import relate
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch, stretches


@dataclass(frozen=True, slots=True)
class Case:
    """One report of a document, with what the checks share of it."""

    document: Document
    report: Report
    stretches: tuple[Stretch, ...]
    relations: tuple[Relation, ...]
    others: tuple[Report, ...] = ()
    """The other reports of the same file."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """What the indicators of its facts mean, by id."""

    def text(self) -> str:
        """Return the report's own text."""
        return self.document.text[self.report.span.start : self.report.span.end]


def case_of(document: Document, report: Report, reports: Sequence[Report] = (), packs: Sequence[Pack] = ()) -> Case:
    """Return the case of one report of ``document``; ``reports`` are all of its reports, ``packs`` name its facts."""
    found = stretches(document, report)
    others = tuple(other for other in reports if other.ordinal != report.ordinal)
    return Case(document, report, found, relate(document, report, found), others, indicators(packs))
