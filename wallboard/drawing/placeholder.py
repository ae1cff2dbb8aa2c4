"""What stands where a picture would be: a quiet field that says why there is none."""

from html import escape
from textwrap import wrap


def placeholder(sentence: str) -> bytes:
    """An SVG of 960 by 600 with a sentence, readable on dark and on light walls."""
    lines = wrap(sentence, 30)[:6]
    first = 300 - 30 * (len(lines) - 1) + 14
    words = "".join(f'<text x="480" y="{first + 60 * n}">{escape(line)}</text>' for n, line in enumerate(lines))
    frame = 'width="952" height="592" rx="24" fill="#8884" stroke="#888" stroke-width="4" stroke-dasharray="16 12"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 600" width="960" height="600">'
        f'<rect x="4" y="4" {frame}/>'
        f'<g font-family="sans-serif" font-size="46" fill="#888" text-anchor="middle">{words}</g></svg>'
    ).encode()
