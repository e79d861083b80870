"""Hold the patterns to their examples: what ``jixiao patterns test`` runs, and what the project's own tests ask for."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.catalogue import Example, Pattern, catalogue, names


def failures(pattern: Pattern) -> Iterator[str]:
    """Yield a sentence for every example that does not match as told and every counterexample that does."""
    if not pattern.examples or not pattern.counterexamples:
        yield "needs at least one example and one counterexample"
    for example in pattern.examples:
        yield from _missed(pattern, example)
    for text in pattern.counterexamples:
        found = pattern.regex.search(text)
        if found is not None:
            yield f"counterexample {text!r} matches {found[0]!r}"


def _missed(pattern: Pattern, example: Example) -> Iterator[str]:
    found = next((match for match in pattern.regex.finditer(example.text) if match[0] == example.match), None)
    if found is None:
        matched = [match[0] for match in pattern.regex.finditer(example.text)]
        yield f"example {example.text!r}: {example.match!r} is not among the matches {matched}"
        return
    if next((match for match in pattern.found_in(example.text) if match[0] == example.match), None) is None:
        yield f"example {example.text!r}: lacks what the pattern says that it needs"
    for name, text in example.groups.items():
        if found[name] != text:
            yield f"example {example.text!r}: group {name} is {found[name]!r}, not {text!r}"


def check() -> Iterator[tuple[str, Pattern, tuple[str, ...]]]:
    """Yield every pattern with its file's name and its failures, none where it holds."""
    for name in names():
        for pattern in catalogue(name):
            yield name, pattern, tuple(failures(pattern))
