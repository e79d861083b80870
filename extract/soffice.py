"""LibreOffice as a converter: old Word files in, .docx out, with a limit on time and nothing of the user's touched."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from extract.errors import MissingProgramError

PATIENCE: Final = 60.0
"""Seconds for a start and one file; each further file of a call adds ``PATIENCE_MORE``."""
PATIENCE_MORE: Final = 3.0
BATCH: Final = 50

_PROGRAMS: Final = ("soffice", "libreoffice")
# Macros never run, links to other files are not followed, nothing is asked. The profile lives for one call.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

REMEDY: Final = "apt-get install libreoffice-writer on Debian and Ubuntu, brew install --cask libreoffice on macOS"


def program() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def to_docx(sources: Sequence[Path], target: Path) -> dict[Path, Path]:
    """Convert files in one call, and one by one those that it left out; return the .docx in ``target`` of each.

    A file that is not in the answer could not be converted. The sources' names must differ before the suffix. Raises
    MissingProgramError where there is no LibreOffice.
    """
    found: dict[Path, Path] = {}
    for start in range(0, len(sources), BATCH):
        batch = sources[start : start + BATCH]
        _call(batch, target)
        found.update(_written(batch, target))
        for left in [source for source in batch if source not in found] if len(batch) > 1 else []:
            _call([left], target)
            found.update(_written([left], target))
    return found


def _written(sources: Iterable[Path], target: Path) -> dict[Path, Path]:
    """Return what has come out: the program's exit code is 0 even where it wrote nothing."""
    out = {source: target / f"{source.stem}.docx" for source in sources}
    return {source: path for source, path in out.items() if path.is_file() and path.stat().st_size}


def _call(sources: Sequence[Path], target: Path) -> None:
    path = program()
    if path is None:
        raise MissingProgramError("LibreOffice is not installed", REMEDY)
    with TemporaryDirectory(prefix="jixiao-soffice-") as home:
        settings = Path(home) / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        command = [
            path,
            f"-env:UserInstallation={(Path(home) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx",
            "--outdir",
            str(target),
            *map(str, sources),
        ]
        _run(command, home, PATIENCE + PATIENCE_MORE * (len(sources) - 1))


def _run(command: list[str], home: str, patience: float) -> None:
    """Run to the end or to the end of patience; then the whole group of processes is killed."""
    environment = {**os.environ, "HOME": home, "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(  # noqa: S603 - the program is LibreOffice, the names are our own
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            pass  # what it wrote so far counts; the caller sees what is missing
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the group: the launcher ends while its child lives on."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # all of them have ended
