"""One command a file: its `app` is imported when the command is called (see wallboard.cli)."""
