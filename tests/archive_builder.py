"""Archives byte by byte, where no library writes what a test needs."""

from __future__ import annotations

import struct
import zlib


def rar(*members: tuple[bytes, bytes], encrypted: bool = False) -> bytes:
    """A rar archive of version 3 whose members, names and contents, are stored."""

    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest + data

    made = b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6))
    for name, data in members:
        sizes = struct.pack("<II", len(data), len(data))
        body = sizes + struct.pack("<BIIBBHI", 2, zlib.crc32(data), 0x21 << 16, 20, 0x30, len(name), 0x20) + name
        made += block(0x74, 0x8000 | (4 if encrypted else 0), body, data)
    return made + block(0x7B, 0x4000, b"")
