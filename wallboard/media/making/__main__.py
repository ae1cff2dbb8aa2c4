"""Makes one piece of one file in a program of its own: the piece on its output, a refusal on its errors (see pieces)."""

import sys
from pathlib import Path

from wallboard.media.answers import REFUSALS, written
from wallboard.media.making.making import make


def main() -> int:
    """Read folder, file, hash and the piece's name from the command line; 0, or the number of the refusal."""
    media, file, sha256, name = sys.argv[1:]
    try:
        content = make(Path(media), Path(file), sha256, name)
    except REFUSALS as refusal:
        sys.stderr.write(written(refusal))
        return 1
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
