"""`python -m precedent` is the command line, for places where no script is on the path."""

from precedent.cli import main

if __name__ == "__main__":
    main()
