"""Where the index lies, how large it is, and whether it may be changed from here."""

from __future__ import annotations

from indexer.restricted.place import FOLDERS, PUBLIC, View, view_dir
from search_api.intake.errors import NotAllowedError
from search_api.intake.folder import size_of
from search_api.intake.queue import JobQueue
from search_api.schemas import CorpusState, UploadBounds

__all__ = ["corpus_state"]


def corpus_state(queue: JobQueue, bounds: UploadBounds, view: View = PUBLIC) -> CorpusState:
    """Look at the folder of the index, and at what a caller's view has beside it."""
    folder = queue.folder
    own = [folder, *(folder.of(name) for name in sorted(view))]
    held = [each.held() for each in own]
    hidden = [folder.index_dir / name for name in FOLDERS]
    size = size_of(folder.index_dir, hidden) + sum(size_of(each.index_dir) for each in own[1:])
    if view:
        size += size_of(view_dir(folder.index_dir, view))
    reason, remedy = None, None
    try:
        queue.check_allowed()
    except NotAllowedError as error:
        reason, remedy = f"{error.subject} {error.cause}", error.remedy
    return CorpusState(
        index_dir=str(folder.index_dir),
        index_bytes=size,
        uploaded_files=sum(files for files, _ in held),
        uploaded_bytes=sum(size for _, size in held),
        changeable=reason is None,
        reason=reason,
        remedy=remedy,
        bounds=bounds,
    )
