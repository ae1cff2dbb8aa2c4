"""What the walls show as numbers: one family of measures a file, each a function of a connection and a scope."""
