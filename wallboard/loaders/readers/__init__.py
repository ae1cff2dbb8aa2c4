"""One family of file formats a file; each reads what is there and loses no row silently."""
