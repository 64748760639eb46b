"""Records of public jobs, without what they tell of documents that have been restricted since."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic import ValidationError

from corpus.disk import write_whole
from indexer.restricted.place import collection_dir
from search_api.intake.folder import UploadFolder
from search_api.intake.records import ACTIVE, Record, with_files
from search_api.schemas import JobFile

__all__ = ["forget_restricted", "without_restricted"]


def forget_restricted(index_dir: Path, documents: Collection[str]) -> None:
    """Take restricted documents out of the records of public jobs that have ended.

    A service that is running sees that the record on disk is another. A record of which nothing
    is left goes, as one does that is old.

    Args:
        index_dir: folder of the index.
        documents: ids that restricted documents had while they were public.

    Raises:
        OSError: a record cannot be written.
    """
    for path in sorted(UploadFolder(index_dir).jobs.glob("*.json")):
        try:
            record = Record.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):  # it is told to nobody
            continue
        if record.job.state in ACTIVE:  # what it brings is not held yet
            continue
        left = without_restricted(record, index_dir, documents)
        if left is None:
            path.unlink(missing_ok=True)
        elif left != record:
            write_whole(path, left.model_dump_json().encode())


def without_restricted(
    record: Record, index_dir: Path, documents: Collection[str]
) -> Record | None:
    """Return the record of a public job without what is restricted; None where nothing is left.

    Without its name and its documents goes a file that lies in a collection now, one that held or
    copied nothing but restricted documents, and another of the same job with its bytes.
    """
    if record.job.subject in documents:
        return None
    told = [_told(file, documents) for file in record.job.files]
    gone = {
        at
        for at, (file, path) in enumerate(zip(told, record.paths, strict=True))
        if file is None or _is_restricted(path, index_dir)
    }
    names = {record.job.files[at].name for at in gone}
    gone |= {
        at
        for at, file in enumerate(record.job.files)
        if file.outcome == "duplicate"
        and not file.documents
        and any(file.reason == f"the same bytes as {name}" for name in names)
    }
    if gone and len(gone) == len(told):
        return None
    left = [at for at in range(len(told)) if at not in gone]
    files = tuple(file for at in left if (file := told[at]) is not None)
    if files == record.job.files:
        return record
    return record.model_copy(
        update={
            "job": with_files(record.job, files),
            "paths": tuple(record.paths[at] for at in left),
            "fresh": tuple(record.fresh[at] for at in left),
        }
    )


def _told(file: JobFile, documents: Collection[str]) -> JobFile | None:
    """Return what may be told of a file; None where all that it held is restricted."""
    kept = tuple(each for each in file.documents if each.document_id not in documents)
    if len(kept) == len(file.documents):
        return file
    return file.model_copy(update={"documents": kept}) if kept else None


def _is_restricted(path: str, index_dir: Path) -> bool:
    """Tell whether an uploaded file lies in a collection, and not in public any more."""
    inside = Path(path).parts[-4:]  # uploads/files/<sha256>/<name>, however the folder is named
    if not path or index_dir.joinpath(*inside).exists():
        return False
    names = UploadFolder(index_dir).collections()
    return any(collection_dir(index_dir, name).joinpath(*inside).exists() for name in names)
