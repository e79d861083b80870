"""An OLE compound file: which streams it holds, how each begins, and the bytes of one."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and everything above are marks, not sectors
_MAX_SECTORS = 4096  # of the directory: 16,384 entries of 512-byte sectors, far beyond any document


@dataclass(frozen=True, slots=True)
class Entry:
    """A storage (kind 1), stream (2) or the root (5); ``left``, ``right`` and ``child`` index its kin."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


def directory(data: bytes) -> list[Entry]:
    """Return the directory's entries; as many as a damaged file still yields, [] where there are none."""
    if len(data) < 512 or not data.startswith(MAGIC):
        return []
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return []
    size = 1 << shift
    fat = list(struct.unpack_from("<109I", data, 76))
    sector = struct.unpack_from("<I", data, 48)[0]
    seen: set[int] = set()
    entries: list[Entry] = []
    while sector < _END and sector not in seen and len(seen) < _MAX_SECTORS:
        seen.add(sector)
        start = (sector + 1) << shift
        stop = min(start + size, len(data)) - 127
        entries += [_entry(data[at : at + 128]) for at in range(start, stop, 128)]
        sector = _next(data, fat, sector, shift)
    return entries


def top_level(data: bytes) -> dict[str, Entry]:
    """Return the entries that stand in the root itself, by name; what is embedded deeper is left out."""
    entries = directory(data)
    found: dict[str, Entry] = {}
    seen: set[int] = set()
    waiting = [entries[0].child] if entries else []
    while waiting:
        index = waiting.pop()
        if index >= len(entries) or index in seen:
            continue
        seen.add(index)
        entry = entries[index]
        found[entry.name] = entry
        waiting += [entry.left, entry.right]
    return found


def head_of(data: bytes, entry: Entry, count: int) -> bytes:
    """Return up to ``count`` bytes of the stream's first sector; b"" for a stream in the mini stream."""
    if entry.size < 4096:
        return b""
    shift = struct.unpack_from("<H", data, 30)[0]
    start = (entry.first + 1) << shift
    return data[start : start + min(count, 1 << shift)]


def stream(data: bytes, entry: Entry) -> bytes:
    """Return a stream's bytes: as many as a damaged file still yields."""
    shift = struct.unpack_from("<H", data, 30)[0]
    table = _allocation(data, shift)
    if entry.size >= 4096:
        sectors = _chain(table, entry.first)
        return b"".join(data[(at + 1) << shift : (at + 2) << shift] for at in sectors)[: entry.size]
    root = directory(data)[0]
    small = b"".join(data[(at + 1) << shift : (at + 2) << shift] for at in _chain(table, root.first))
    first = struct.unpack_from("<I", data, 60)[0]
    raw = b"".join(data[(at + 1) << shift : (at + 2) << shift] for at in _chain(table, first))
    links = struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
    return b"".join(small[at << 6 : (at + 1) << 6] for at in _chain(links, entry.first))[: entry.size]


def _allocation(data: bytes, shift: int) -> tuple[int, ...]:
    """Return for each sector the one that follows it."""
    places = list(struct.unpack_from("<109I", data, 76))
    sector = struct.unpack_from("<I", data, 68)[0]
    most = len(data) >> shift
    while sector < _END and len(places) <= most:  # the table of a large file has a table of its own
        more = data[(sector + 1) << shift : (sector + 2) << shift]
        if len(more) < 1 << shift:
            break
        *further, sector = struct.unpack(f"<{len(more) // 4}I", more)
        places += further
    raw = b"".join(data[(at + 1) << shift : (at + 2) << shift] for at in places[: most + 1] if at < _END)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(table: tuple[int, ...], sector: int) -> list[int]:
    """Return a stream's sectors in order, each once."""
    found: dict[int, None] = {}
    while sector < len(table) and sector not in found:
        found[sector] = None
        sector = table[sector]
    return list(found)


def _entry(raw: bytes) -> Entry:
    length = struct.unpack_from("<H", raw, 64)[0]
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", raw, 68)
    first, size = struct.unpack_from("<2I", raw, 116)
    return Entry(name, raw[66], left, right, child, first, size)


def _next(data: bytes, fat: list[int], sector: int, shift: int) -> int:
    """Return the sector that follows in the chain; a mark where the chain ends or the table is out of reach.

    Only the table's first 109 sectors (7 MiB of a file at the least) are followed: directories stand early.
    """
    per_sector = (1 << shift) // 4
    which, index = divmod(sector, per_sector)
    if which >= len(fat) or fat[which] >= _END:
        return _END
    at = ((fat[which] + 1) << shift) + 4 * index
    if at + 4 > len(data):
        return _END
    return int(struct.unpack_from("<I", data, at)[0])
