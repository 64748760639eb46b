"""The command line, `precedent`: one subcommand for every job."""
