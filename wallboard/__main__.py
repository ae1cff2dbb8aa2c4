"""`python -m wallboard`: the command line."""

from wallboard.cli import main

if __name__ == "__main__":
    main()
