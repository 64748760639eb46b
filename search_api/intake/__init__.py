"""What changes the corpus from the service: uploads, removals, rebuilding, each as a job.

The service itself never writes the index. It keeps what is uploaded under `uploads/` in the index
folder, and for each job starts a process of the indexer (`indexer.job`), one after the other.
"""
