"""What archives may cost, and the copying that keeps to it: sizes are counted, whatever the archive states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from extract.errors import ExtractError, TooLargeError

MAX_BYTES: Final = 2 << 30
"""Unpacked bytes of an archive, those of the archives in it included."""
MAX_MEMBERS: Final = 10_000
MAX_RATIO: Final = 100
FREE_OF_RATIO: Final = 1 << 20
"""So much may be unpacked whatever the ratio: short text packs well."""

_CHUNK: Final = 1 << 20
_HARM: Final = "look whether the archive was made to do harm; if not, unpack it yourself"


@dataclass(slots=True)
class Budget:
    """What is left of the limits, for an archive and all that is nested in it."""

    folder: Path
    left: int = MAX_BYTES
    members: int = 0

    def place(self) -> Path:
        """Return where the next member goes; raise TooLargeError where there are too many."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise TooLargeError(f"the archive holds more than {MAX_MEMBERS} files: the rest was left out", _HARM)
        return self.folder / f"{self.members:05}"

    def meter(self, packed: int) -> Meter:
        """Return a meter for one member of so many packed bytes."""
        return Meter(self, packed)


@dataclass(slots=True)
class Meter:
    """Counts a member's bytes as they come out."""

    budget: Budget
    packed: int
    written: int = 0

    def take(self, count: int) -> None:
        """Take ``count`` bytes; raise TooLargeError where a limit is passed."""
        self.written += count
        self.budget.left -= count
        if self.written > FREE_OF_RATIO and self.written > MAX_RATIO * max(self.packed, 1):
            raise TooLargeError(f"it unpacks to more than {MAX_RATIO} times its size", _HARM)
        if self.budget.left < 0:
            raise TooLargeError(f"the archive unpacks to more than {MAX_BYTES >> 30} GiB", _HARM)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive says of a member; ``unpack`` writes it to a path, or ``error`` says why that is not to be."""

    name: str
    unpack: Callable[[Path, Budget], None]
    error: ExtractError | None = None


def copy(stream: IO[bytes], target: Path, meter: Meter) -> None:
    """Write a stream to a file within the limits; what was written beyond them is removed."""
    try:
        with target.open("wb") as file:
            while chunk := stream.read(_CHUNK):
                meter.take(len(chunk))
                file.write(chunk)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


Opener = Callable[[Path, Budget], Iterator[Entry]]
