"""Where an issue stands: it follows from its steps alone, so the walls, the console and whatever reports cannot disagree.

Nothing here reads the store: `wallboard.store.lives` brings the steps, and everybody asks the same `Life`.
"""
