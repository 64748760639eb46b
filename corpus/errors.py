"""Errors of Precedent.

Every error the project raises on purpose derives from `PrecedentError`:

    PrecedentError
    ├── InputError                 what the user gave cannot be used
    │   ├── SymbolError            not a document symbol or citation
    │   ├── ReadError              one file cannot be read; the rest of the run is unharmed
    │   │   ├── EmptyFileError     nothing in it
    │   │   ├── WrongTypeError     content is of no supported type
    │   │   ├── EncryptedFileError needs a password
    │   │   ├── DamagedFileError   no reader can open it
    │   │   │   └── RestrictedRecordError  a bad record that may be of a restricted collection
    │   │   ├── NoTextError        opens, but holds no text (a scan)
    │   │   ├── NotADocumentError  a "does not exist" page saved under a document's name
    │   │   ├── LimitExceededError passed a limit on time, memory, pages or size
    │   │   ├── OriginalError      read once, and no more there as it was
    │   │   └── SidecarError       what is said of it in a sidecar cannot be used
    │   ├── QueryError             a search request that cannot be answered
    │   ├── ConflictError          a name is taken, or what is to be changed has changed meanwhile
    │   └── UnknownNameError       no such document, passage, model or filter value
    ├── IndexUnusableError         the index on disk cannot be used as it is
    │   ├── NoIndexError           nothing has been published there
    │   ├── IndexMismatchError     built by another model, schema or version
    │   ├── IndexDamagedError      files missing, cut short or disagreeing
    │   └── IndexBusyError         another process is writing
    ├── LibraryError               what the user keeps cannot be read or written
    ├── StorageError               a disk is full, may only be read, or fails
    ├── ModelError                 a model is missing, altered or cannot be fetched
    └── ServiceError               a port, a disk, a process or the API is not available

A message names the object, the cause and the remedy, in one line.
"""

from __future__ import annotations

__all__ = [
    "ConflictError",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMismatchError",
    "IndexUnusableError",
    "InputError",
    "LibraryError",
    "LimitExceededError",
    "ModelError",
    "NoIndexError",
    "NoTextError",
    "NotADocumentError",
    "OriginalError",
    "PrecedentError",
    "QueryError",
    "ReadError",
    "RestrictedRecordError",
    "ServiceError",
    "SidecarError",
    "StorageError",
    "SymbolError",
    "UnknownNameError",
    "WrongTypeError",
]


class PrecedentError(Exception):
    """Base of every deliberate error.

    Attributes:
        subject: what it is about (a file, a symbol, a model, a directory).
        cause: what is wrong with it.
        remedy: what the user can do, or an empty string where nothing can be done.
    """

    def __init__(self, subject: str, cause: str, remedy: str = "") -> None:
        self.subject = subject
        self.cause = cause
        self.remedy = remedy
        super().__init__(subject, cause, remedy)

    def __str__(self) -> str:
        line = f"{self.subject}: {self.cause}" if self.subject else self.cause
        return f"{line}; {self.remedy}" if self.remedy else line


class InputError(PrecedentError):
    """What the user gave cannot be used."""


class SymbolError(InputError):
    """Not a document symbol, or not a citation."""


class ReadError(InputError):
    """One file cannot be read; the rest of a run goes on."""


class EmptyFileError(ReadError):
    """The file holds nothing."""


class WrongTypeError(ReadError):
    """The content is of no supported type, whatever the name says."""


class EncryptedFileError(ReadError):
    """The file needs a password."""


class DamagedFileError(ReadError):
    """No reader can open the file."""


class RestrictedRecordError(DamagedFileError):
    """A bad record that may be of a restricted collection; the public is not told of it."""


class NoTextError(ReadError):
    """The file opens but holds no text, as a scan does."""


class NotADocumentError(ReadError):
    """The file is a "does not exist" page saved under a document's name."""


class LimitExceededError(ReadError):
    """Reading passed a limit on time, memory, pages or size."""


class SidecarError(ReadError):
    """What a sidecar or manifest says of the file cannot be used, so the file is not either."""


class OriginalError(ReadError):
    """The file a document was read from is gone, has changed, or has no such page."""


class QueryError(InputError):
    """A search request that cannot be answered."""


class ConflictError(InputError):
    """A name is taken, or what is to be changed has changed since it was read."""


class UnknownNameError(InputError):
    """No document, passage, model or filter value of that name."""


class IndexUnusableError(PrecedentError):
    """The index on disk cannot be used as it is."""


class NoIndexError(IndexUnusableError):
    """Nothing has been published in the directory."""


class IndexMismatchError(IndexUnusableError):
    """The index was built by another model, schema or version."""


class IndexDamagedError(IndexUnusableError):
    """Files of the index are missing, cut short or disagree."""


class IndexBusyError(IndexUnusableError):
    """Another process is writing to the index."""


class LibraryError(PrecedentError):
    """What the user keeps (collections, saved searches) cannot be read or written."""


class StorageError(PrecedentError):
    """A disk is full, may only be read, or fails."""


class ModelError(PrecedentError):
    """A model is missing, altered or cannot be fetched."""


class ServiceError(PrecedentError):
    """A port, a disk, a process or the API is not available."""
