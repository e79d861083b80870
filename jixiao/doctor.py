"""What this machine can read, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Final, Literal

State = Literal["ok", "missing", "optional"]

PATIENCE: Final = 20
"""Seconds that another program gets to answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that reading needs: ``optional`` is absent and can stay so; ``remedy`` says how to get it."""

    name: str
    state: State
    found: str
    purpose: str
    remedy: str = ""


def examine() -> Iterator[Part]:
    """Yield every part, looked for on this machine. Raises nothing."""
    yield Part("python", "ok", f"{platform.python_version()} ({sys.executable})", "3.11 or later")
    for names, purpose in (
        (("python-docx", "lxml"), "reads .docx, .xlsx and web pages"),
        (("pypdfium2", "pdfplumber"), "reads .pdf with a text layer, renders pages"),
        (("python-calamine",), "reads .xls"),
        (("ofdkit",), "reads .ofd"),
        (("py7zr", "rarfile"), "opens .7z and .rar"),
        (("rapidocr", "onnxruntime", "opencv-python-headless"), "reads scans and pictures"),
    ):
        yield _packages(names, purpose)
    yield _weights()
    yield _packages(("openvino",), "reads scans about a quarter faster", "pip install openvino")
    yield _packages(("paddleocr",), "reads scans instead of rapidocr, if asked to", "pip install 'jixiao[paddleocr]'")
    yield _packages(
        ("firecrawl-anydoc",), "reads .doc and .rtf where LibreOffice is missing", "pip install firecrawl-anydoc"
    )
    for program, name, purpose, remedy in (
        (
            ("soffice", "--version"),
            "LibreOffice",
            "reads .doc, .wps, .rtf and .odt",
            "Debian, Ubuntu: apt-get install libreoffice-writer; macOS: brew install --cask libreoffice",
        ),
        (
            ("unar", "-version"),
            "unar",
            "unpacks compressed .rar archives",
            "Debian, Ubuntu: apt-get install unar; macOS: brew install unar",
        ),
        (
            ("fc-list", ":lang=zh", "family"),
            "Chinese fonts",
            "LibreOffice draws Chinese pages with them; reading needs none",
            "Debian, Ubuntu: apt-get install fonts-noto-cjk",
        ),
    ):
        yield _program(program, name, purpose, remedy)


def _packages(names: tuple[str, ...], purpose: str, optional: str = "") -> Part:
    found, missing = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    state: State = "ok" if not missing else "optional" if optional else "missing"
    remedy = optional or f"pip install {' '.join(missing)}"
    return Part(" + ".join(names), state, ", ".join(found) or "not installed", purpose, remedy if missing else "")


def _weights() -> Part:
    """Look for the models that lie inside rapidocr's wheel; a distribution's own package may leave them out."""
    name, purpose = "OCR weights", "reads scans and pictures, without a network"
    try:
        models = files("rapidocr") / "models"
        found = sorted(item.name for item in models.iterdir() if item.name.endswith(".onnx"))
    except (ModuleNotFoundError, FileNotFoundError):
        found = []
    if all(any(part in model for model in found) for part in ("_det_", "_rec_")):
        return Part(name, "ok", ", ".join(found), purpose)
    remedy = "pip install --force-reinstall --no-deps rapidocr (its wheel carries them)"
    return Part(name, "missing", ", ".join(found) or "none", purpose, remedy)


def _program(command: tuple[str, ...], name: str, purpose: str, remedy: str) -> Part:
    path = shutil.which(command[0])
    if path is None:
        return Part(name, "optional", "not installed", purpose, remedy)
    try:
        answer = subprocess.run(  # noqa: S603 - the command is one of ours
            [path, *command[1:]], capture_output=True, text=True, timeout=PATIENCE, check=True, errors="replace"
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError) as error:
        return Part(name, "optional", f"{path} does not run: {error}", purpose, remedy)
    if not answer:
        return Part(name, "optional", "none", purpose, remedy)
    first, *more = answer.splitlines()
    return Part(name, "ok", first + (f" and {len(more)} more" if more else ""), purpose)


def report(parts: list[Part], write: Callable[[str], None]) -> bool:
    """Write what was found, line by line; return whether nothing that is needed is missing."""
    for part in parts:
        write(f"{part.state:8}  {part.name}: {part.found}")
        write(f"{'':8}  {part.purpose}")
        if part.remedy:
            write(f"{'':8}  to get it: {part.remedy}")
    return all(part.state != "missing" for part in parts)
