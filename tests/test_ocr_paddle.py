"""The extra paddleocr, in an environment of its own: the same figures as RapidOCR's, offline."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract import load
from extract.errors import MissingProgramError
from extract.ocr import ENGINES, engine
from extract.options import LoadOptions
from tests.conftest import ROOT

OWN = ROOT / ".venv-paddleocr" / "bin" / "python"
READ = """
import json, socket, sys
from pathlib import Path

def refuse(*_, **__):
    raise OSError("no network")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from extract import load
from extract.ocr import engine
from extract.options import LoadOptions

document = load(Path(sys.argv[1]), LoadOptions(engine="paddleocr"))
scores = [block.place.ocr_score for block in document.blocks if block.place.ocr_score is not None]
print(json.dumps({"text": document.text, "scores": scores, "none": engine(2, "paddleocr").read_lines([])}))
"""


def interpreter() -> str:
    """Return a Python that has PaddleOCR; skip where there is none, but fail in CI, where nothing is skipped."""
    if find_spec("paddleocr") is not None:
        return sys.executable
    if (OWN.parent.parent / ".installed").exists():
        return str(OWN)
    absent = "PaddleOCR is not installed: make .venv-paddleocr/.installed"
    if os.environ.get("CI"):
        pytest.fail(absent)
    pytest.skip(absent)


def figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d,.]*", text))


@pytest.mark.slow
def test_paddleocr_reads_the_same_figures_without_a_network(samples: Path, tmp_path: Path) -> None:
    page = samples / "public-health-2022-photo.jpg"
    python = interpreter()
    done = subprocess.run(
        [python, "-c", READ, page],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},  # no models of an earlier download
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)  # and nothing else stands on standard output
    found = figures(read["text"])
    assert len(found) > 30
    assert found == figures(load(page).text)
    assert all(0 < score <= 1 for score in read["scores"])
    assert read["none"] == []


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_environment_is_skipped_by_a_developer_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(sys.modules[__name__], "OWN", tmp_path / "bin" / "python")
    monkeypatch.setattr(sys.modules[__name__], "find_spec", lambda _: None)
    with pytest.raises(outcome, match="PaddleOCR is not installed"):
        interpreter()


def test_an_engine_that_is_missing_says_how_to_get_it(samples: Path) -> None:
    if find_spec("paddleocr") is not None:
        pytest.skip("PaddleOCR is installed")
    with pytest.raises(MissingProgramError, match="pip install"):
        load(samples / "public-health-2022-photo.jpg", LoadOptions(engine="paddleocr"))


def test_engines_are_named_by_what_makes_them() -> None:
    assert set(ENGINES) == {"rapidocr", "paddleocr"}
    assert engine(2) is engine(2)
