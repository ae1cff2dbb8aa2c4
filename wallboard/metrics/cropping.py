"""Shortens what customers wrote where it is too long for a wall, and says that it did."""


def crop(text: str, limit: int) -> str:
    """The text itself, or as many whole words of it as fit into `limit` characters with an ellipsis."""
    if len(text) <= limit:
        return text
    room = text[: max(limit - 1, 0)]
    whole = (
        room
        if text[len(room) : len(room) + 1].isspace()
        else (room.rsplit(maxsplit=1) or [""])[0]
        if len(room.split()) > 1
        else room
    )
    return whole.rstrip().rstrip(",;:–—-").rstrip() + "…"
