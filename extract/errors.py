"""What can be wrong with an input. Every error says which file, what, and what to do."""

from __future__ import annotations


class ExtractError(Exception):
    """A file that cannot be read; ``code`` goes into files.csv."""

    code = "unreadable"

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} — {remedy}" if remedy else what)


class UnsupportedError(ExtractError):
    """No loader for this kind of file."""

    code = "unsupported"


class EncryptedError(ExtractError):
    """The file asks for a password."""

    code = "encrypted"


class DamagedError(ExtractError):
    """The bytes are not what their format promises."""

    code = "damaged"


class EmptyError(ExtractError):
    """The file holds nothing."""

    code = "empty"


class MissingProgramError(ExtractError):
    """A program that this format needs is not installed."""

    code = "missing_program"


class TooLargeError(ExtractError):
    """Beyond a limit that protects the run."""

    code = "too_large"
