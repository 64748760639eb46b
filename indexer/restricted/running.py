"""A run of the indexer with the restricted collections in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.types import Source
from indexer.encoder import Encoder
from indexer.reading import Reading
from indexer.restricted.apart import Apart
from indexer.restricted.compartment import Compartment
from indexer.restricted.mirroring import borrow_vectors
from indexer.restricted.mixed import Mixed
from indexer.restricted.place import CATALOGUE, PUBLIC, views_of
from indexer.restricted.publishing import embed_apart, publish_views
from indexer.run import Run, Settle, Tell

__all__ = ["Restricted"]


class Restricted:
    """The restricted part of a run: what is read, embedded and published beside what is public.

    Each collection has a report of its own, so that nothing of one is noted in another's catalogue;
    at the end they are added to the run's, which is told to who started it.
    """

    def __init__(
        self,
        apart: Apart,
        run: Run,
        encoder: Encoder,
        *,
        progress: Tell | None = None,
        settle: Settle | None = None,
        whole: bool = False,
    ) -> None:
        self._apart = apart
        self._run = run
        self._encoder = encoder
        self._progress = progress
        self._settle = settle
        self._whole = whole
        self._runs: dict[str, Run] = {}

    def part(
        self, paths: Sequence[Path], sources: Sequence[Source], name: str | None, *, asked: bool
    ) -> list[Source]:
        """Return the sources that are public, and take the others.

        Args:
            paths: that were given.
            sources: found there.
            name: of the collection they all go into, or None.
            asked: by a service, which says of each file itself where it goes: neither folders nor
                what other collections hold is looked at, so that nobody can find out by uploading.
        """
        apart, report = self._apart, self._run.report
        if asked and name is None:
            return list(sources)
        if name is not None and not asked:
            apart.give(paths, name)
        report.failed = apart.part_failures(report.failed, name)
        public = apart.part(sources, name)
        if self._settle is not None:
            for outcome in apart.outcomes():
                self._settle(outcome)
        return public

    @property
    def mixed(self) -> Mixed:
        """What takes restricted records of public files."""
        return Mixed(self._apart, self._reading)

    def read(self, workers: int) -> None:
        """Read what belongs to the collections, and take it out of the public catalogue."""
        for name in sorted({*self._apart.sources, *self._apart.failures} - {""}):
            compartment = self._apart.of(name)
            sources = self._apart.sources.get(name, [])
            self._run_of(name).report.failed += self._apart.failures.get(name, [])
            self._reading(compartment).read(sources, workers)
            # Before what is withdrawn takes its vectors with it.
            borrow_vectors(compartment.catalogue, self._apart.index_dir / CATALOGUE)
            self._apart.withdraw(sources)

    def finish(self, *, views: bool = True) -> None:
        """Embed what is new in the collections, publish their views, and add up the reports."""
        report = self._run.report
        beside = views_of(self._apart.index_dir).keys() - {PUBLIC}  # of collections given up, too
        if self._apart.compartments or self._runs or beside:
            with self._run.stage("embed views"):
                embed_apart(self._apart, self._run, self._encoder)
            if views:
                self.publish()
        report.failed += self._apart.failures.get("", [])
        for run in self._runs.values():
            report.add(run.report)

    def publish(self) -> None:
        """Publish the views."""
        with self._run.stage("publish views"):
            self._run.report.views += publish_views(
                self._apart, self._encoder, self._progress, whole=self._whole
            )

    def _run_of(self, name: str) -> Run:
        if name not in self._runs:
            folder = self._apart.of(name).folder
            self._runs[name] = Run(folder, self._progress, settle=self._settle)
        return self._runs[name]

    def _reading(self, compartment: Compartment) -> Reading:
        run = self._run_of(compartment.name)
        return run.reading(compartment.catalogue, self._encoder, restricted=compartment.name)
