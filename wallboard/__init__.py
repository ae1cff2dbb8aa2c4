"""The Customer Room: three walls and a walk that show a company what it is like to be its customer."""

__version__ = "0.1.0"
