"""Backups: everything that cannot be made again, in one file, and back from it."""

from precedent.backup.make import Made, make_backup
from precedent.backup.reading import Backup, open_backup
from precedent.backup.restore import Restored, restore_backup

__all__ = ["Backup", "Made", "Restored", "make_backup", "open_backup", "restore_backup"]
