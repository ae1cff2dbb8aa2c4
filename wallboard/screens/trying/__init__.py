"""Trying what customers must do: the real form or steps, a clock, the errors, and the way out."""
