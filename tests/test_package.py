"""The wheel: what is in it, and that it works where nothing of the project is at hand."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_cli import REPORT

PACKAGES = {"extract", "jixiao", "parsers", "patterns"}


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command far from the project, so that nothing is imported from it by accident."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that no build leftovers of the checkout can slip in or stay behind."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    leave = shutil.ignore_patterns(".venv*", ".git", "build", "dist", "out", "*.egg-info", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, source, ignore=leave)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_the_four_packages_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name.startswith("jixiao-")
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.suffix in (".py", ".toml") or path.name == "py.typed":
                assert path.relative_to(ROOT).as_posix() in names, f"{path.name} is missing in the wheel"
    assert any(name.startswith("patterns/") and name.endswith(".toml") for name in names)
    assert "jixiao/columns.toml" in names


@pytest.mark.slow
def test_the_wheel_is_marked_private(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
    assert "Classifier: Private :: Do Not Upload" in archive.read(metadata).decode()


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Only what the distribution asks for is installed: a forgotten dependency or data file shows here."""
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    facts = list(csv.DictReader(run(scripts / "jixiao", "facts", "report.txt", cwd=tmp_path).splitlines()))
    assert ("amount", "356000", "元") in {(row["kind"], row["value"], row["unit"]) for row in facts}
    run(scripts / "jixiao", "doctor", cwd=tmp_path)  # its exit code says whether a needed part is missing
