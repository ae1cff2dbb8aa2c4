"""Shortens what customers wrote where it is too long for a wall, and says that it did."""


def crop(text: str, limit: int) -> str:
    """The text itself, or as many whole words of it as fit into `limit` characters with an ellipsis."""
    if len(text) <= limit:
        return text
    room = text[: max(limit - 1, 0)]
    ends_with_a_word = room[-1:].isspace() or text[len(room) : len(room) + 1].isspace()
    whole = room if ends_with_a_word or len(room.split()) < 2 else room.rsplit(maxsplit=1)[0]
    return whole.rstrip().rstrip(",;:–—-").rstrip() + "…"
