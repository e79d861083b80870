"""Fixtures for every test: the samples, the reports outside the project, the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # the first example compiles every pattern
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run ``jixiao`` with the given words in this process."""
    import sys

    from jixiao.cli import main

    def run(*words: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["jixiao", *map(str, words)])
        with pytest.raises(SystemExit) as exit_:
            main()
        captured = capsys.readouterr()
        return Outcome(int(exit_.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the project's own reports."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real reports, which lie outside the project; skip where they are not at hand."""
    path = ROOT.parent / "shared" / "corpus"
    if not path.is_dir():
        pytest.skip(f"no real reports at {path}")
    return path
