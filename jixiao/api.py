"""The Python interface: ``extract`` for files and folders, ``facts`` for one file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extract import LoadOptions
from extract.options import DEFAULT_OPTIONS
from jixiao.packs import load
from jixiao.result import READ, Result
from jixiao.run import Progress, run
from jixiao.sources import discover

if TYPE_CHECKING:
    import pandas as pd


def extract(
    paths: str | Path | Iterable[str | Path],
    *,
    options: LoadOptions = DEFAULT_OPTIONS,
    progress: Progress | None = None,
    leave: Path | None = None,
    packs: Iterable[str | Path] = (),
) -> Result:
    """Read files and folders (recursively, sorted) into a Result.

    Raises nothing about a single file: each has its status, and its error where it has one, in ``Result.files``.
    ``leave`` is a folder inside ``paths`` that is not to be read, such as the output's. ``packs`` are files of
    indicators and rules of your own (docs/packs.md); PackError where one is none or does not keep its word.
    """
    given = [paths] if isinstance(paths, str | Path) else paths
    return run(discover(given, leave=leave), options, progress, [load(Path(pack)) for pack in packs])


def facts(path: str | Path, *, options: LoadOptions = DEFAULT_OPTIONS) -> pd.DataFrame:
    """Return the figures of one file as a DataFrame, one row a figure. Raises ValueError where it cannot be read."""
    result = extract(path, options=options)
    for file in result.failed:
        raise ValueError(f"{file.file}: {file.error}")
    if not any(file.status in READ for file in result.files):
        raise ValueError(f"{path}: nothing to read there")
    return result.table("facts")
