"""Documents that a report refers to: their numbers in any bracket style, or damaged, issuers, years and titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.document import Document
from parsers.model import Citation
from parsers.view import View
from patterns import Pattern, cue, matcher

_BETWEEN_ISSUERS = cue("citations", "citation.cue.issuer-gap")
_INNER_GAP = regex.compile(r"(?<!\d) | (?!\d)")
_SERIAL = cue("citations", "citation.cue.serial")
_BEFORE_TITLE = cue("citations", "citation.cue.before-title")
_JOINT = cue("citations", "citation.cue.joint")
LONGEST_NUMBER = 64
"""So far before its 号 may a number with its issuer begin."""
LONGEST_END = 2
"""So far behind its 号 may a number go on (公告)."""
LONGEST_TITLE = 96
"""So far before a number may a title begin that has no marks."""
LONGEST_LEAD = 60
"""So far before 《 may the name of the issuer begin."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A title or number found in a view: where it stands and what its groups say."""

    start: int
    end: int
    text: str
    year: str = ""
    issuer: tuple[int, int] | None = None
    """Where in the view the issuer's name stands."""


def citations(document: Document, view: View) -> tuple[Citation, ...]:
    """Return the documents cited in ``view``, in order; a title and the number beside it are one citation."""
    text = view.text
    numbered = "号" in text and _SERIAL.search(text) is not None
    if not (numbered or "《" in text) or _matches("own", text.strip()):
        return ()
    numbers = _numbers(text) if numbered else []
    titles = _titles(text, numbers)
    found = []
    paired: set[int] = set()
    for title in titles:
        number = next((n for n in numbers if n.start not in paired and _beside(text, title, n)), None)
        if number is None and not _matches("document", title.text):
            continue
        if number is not None:
            paired.add(number.start)
        found.append(_citation(document, view, title, number))
    alone = [number for number in numbers if number.start not in paired]
    found.extend(_citation(document, view, _following(text, number), number) for number in alone)
    return tuple(sorted(found, key=lambda citation: citation.span.start))


def _patterns(field: str) -> Sequence[Pattern]:
    return matcher("citations", field).patterns


def _matches(field: str, text: str) -> bool:
    return any(pattern.regex.search(text) for pattern in _patterns(field))


def _numbers(text: str) -> list[_Piece]:
    """Return the document numbers of ``text``, none over another; the pattern that stands first decides."""
    found: list[_Piece] = []
    near = list(_near(text))
    for pattern in _patterns("number"):
        for match in (one for extent in near for one in pattern.regex.finditer(text, *extent)):
            if not any(match.start() < piece.end and piece.start < match.end() for piece in found):
                groups = match.groupdict()
                issuer = match.span("issuer") if groups.get("issuer") else None
                found.append(_Piece(match.start(), match.end(), match[0], groups.get("year") or "", issuer))
    return sorted(found, key=lambda piece: piece.start)


def _near(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` in which document numbers may stand: those that end in a serial number."""
    start = end = 0
    for serial in _SERIAL.finditer(text):
        begin = max(0, serial.start() - LONGEST_NUMBER)
        if begin > end:
            if end:
                yield start, end
            start = begin
        end = serial.end() + LONGEST_END
    yield start, end


def _titles(text: str, numbers: Sequence[_Piece]) -> list[_Piece]:
    """Return the titles of ``text``, none over another; one without marks is looked for before a number alone."""
    found: list[_Piece] = []
    for pattern in _patterns("title"):
        if pattern.set["where"] == "after":
            continue
        near = [(0, len(text))]
        if pattern.set["where"] == "before":
            near = [(max(0, number.start - LONGEST_TITLE), number.end + 1) for number in numbers]
        for match in (one for extent in near for one in pattern.regex.finditer(text, *extent)):
            start, end = match.span()
            if not any(start < piece.end and piece.start < end for piece in found):
                found.append(_Piece(start, end, match["title"], "", _issuer(text, start, match.span("title"))))
    return sorted(found, key=lambda piece: piece.start)


def _issuer(text: str, start: int, title: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the issuer of a document stands: at the head of its title, else right before it."""
    for pattern in _patterns("issuer"):
        begin, end = title if pattern.set["where"] == "title" else (max(0, start - LONGEST_LEAD), start)
        match = pattern.search(text[begin:end])
        if match is not None:
            return begin + match.start("issuer"), begin + match.end("issuer")
    return None


def _beside(text: str, title: _Piece, number: _Piece) -> bool:
    """Tell whether ``number`` stands right behind the title, or right before it."""
    if number.start >= title.end:
        gap = text[title.end : number.start]
        return any(pattern.regex.fullmatch(gap) for pattern in _patterns("between"))
    return number.end <= title.start and _BEFORE_TITLE.fullmatch(text[number.end : title.start]) is not None


def _following(text: str, number: _Piece) -> _Piece | None:
    """Return the title without marks that follows a number."""
    after = next(pattern for pattern in _patterns("title") if pattern.set["where"] == "after")
    match = after.regex.match(text[number.end :])
    if match is None:
        return None
    start, end = match.span("title")
    return _Piece(number.end + start, number.end + end, match["title"])


def _citation(document: Document, view: View, title: _Piece | None, number: _Piece | None) -> Citation:
    pieces: Sequence[_Piece] = [piece for piece in (title, number) if piece is not None]
    span = view.span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    issuer = next((piece.issuer for piece in reversed(pieces) if piece.issuer is not None), None)
    return Citation(
        number=_printed(document, view, number) if number else "",
        issuer=_named(document, view, issuer) if issuer else "",
        year=number.year if number else "",
        title=title.text if title else "",
        span=span,
    )


def _named(document: Document, view: View, at: tuple[int, int]) -> str:
    """Return the issuers at a place of the view; those that only a gap parts (财政厅　民政厅) are parted by a comma."""
    span = view.span(*at)
    text = _BETWEEN_ISSUERS.sub("、", document.text[span.start : span.end].strip())
    return str(_JOINT.sub("", "".join(text.split())))


def _printed(document: Document, view: View, number: _Piece) -> str:
    """Return a number as it is printed; of the white space inside it only that between two digits stays."""
    span = view.span(number.start, number.end)
    text = " ".join(document.text[span.start : span.end].split())
    return str(_INNER_GAP.sub("", text))
