"""A year of a room: its exports, the room itself with a clock that moves, hands at its console, and the script."""
