"""Rar archives: rarfile reads the directory and what is only stored; ``unar`` or ``unrar`` unpacks the rest."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import rarfile

from extract.archive_limits import Budget, Entry, copy
from extract.archive_zip import decode_name
from extract.errors import DamagedError, EncryptedError, ExtractError, MissingProgramError, UnsupportedError

REMEDY: Final = "apt-get install unar on Debian and Ubuntu, brew install unar on macOS; or unpack it yourself"
_PASSWORD: Final = ("the archive asks for a password", "unpack it with its password first")
_BROKEN: Final = (rarfile.Error, zlib.error, OSError, ValueError, EOFError, IndexError, KeyError, TypeError)


def entries(path: Path, budget: Budget) -> Iterator[Entry]:  # noqa: ARG001 (the openers' contract)
    """Yield the members; raise EncryptedError, or DamagedError where the archive's directory cannot be read."""
    try:
        archive = rarfile.RarFile(path)
    except rarfile.PasswordRequired as error:
        raise EncryptedError(*_PASSWORD) from error
    except rarfile.NeedFirstVolume as error:
        raise UnsupportedError("it is a further part of an archive in parts", "give the first part") from error
    except _BROKEN as error:
        raise DamagedError(f"the archive is cut off or damaged ({error})", "ask for it again") from error
    with archive:
        infos = archive.infolist()
        if not infos and archive.needs_password():  # the names themselves are encrypted
            raise EncryptedError(*_PASSWORD)
        for info in infos:
            if not info.is_dir():
                yield Entry(_name(info), partial(_unpack, archive, info), _refused(info))


def _name(info: rarfile.RarInfo) -> str:
    """Return the name; old archives without a name in Unicode have one in the packer's encoding."""
    raw = info.orig_filename
    if isinstance(raw, bytes) and not info.flags & rarfile.RAR_FILE_UNICODE and isinstance(info, rarfile.Rar3Info):
        return decode_name(raw)
    return str(info.filename)


def _refused(info: rarfile.RarInfo) -> ExtractError | None:
    if info.needs_password():
        return EncryptedError(*_PASSWORD)
    if info.is_symlink() or not info.is_file():
        return UnsupportedError("a link in an archive is not followed", "pack the file itself")
    return None


def _unpack(archive: rarfile.RarFile, info: rarfile.RarInfo, target: Path, budget: Budget) -> None:
    try:
        with archive.open(info) as stream:
            copy(stream, target, budget.meter(info.compress_size))
    except rarfile.RarCannotExec as error:
        raise MissingProgramError("unar is needed to unpack it and not installed", REMEDY) from error
    except _BROKEN as error:
        raise DamagedError(f"it is damaged in the archive ({error})", "ask for it again") from error
