"""What the commands share: the option --pack, and paths that have to be there."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from parsers.packs import Pack

PackOption = Annotated[
    list[Path] | None,
    typer.Option("--pack", metavar="FILE", help="Indicators and rules of your own (TOML); may be given several times."),
]


def read_packs(given: list[Path] | None) -> list[Pack]:
    """Read the packs and try their rules; raise a usage error that says what is wrong with one."""
    if not given:
        return []
    from jixiao.packs import load
    from parsers.packs import PackError

    found = []
    for path in given:
        must_exist(path)
        try:
            found.append(load(path))
        except (PackError, OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(str(error), param_hint="--pack") from error
    return found


def must_exist(path: Path) -> None:
    """Raise a usage error for a path that is not there, with the names that it may have been meant to be."""
    if path.exists() or path.is_symlink():
        return
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(str(folder / name) for name in close)}?" if close else ""
    where = "" if folder.is_dir() else f" There is no folder {folder} either."
    raise typer.BadParameter(f"there is no {path}.{where}{hint}", param_hint="PATH")
