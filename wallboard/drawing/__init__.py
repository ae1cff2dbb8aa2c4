"""The marks panels share: type, colour, shapes, charts and numbers in words."""
