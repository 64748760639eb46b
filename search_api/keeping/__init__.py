"""What the user keeps, joined with what the index has: `library` in the classes of the contract.

Nothing here knows HTTP; the service and the command line call the same functions. Where an engine
may be None, no index is in service, and what is kept is shown all the same.
"""
