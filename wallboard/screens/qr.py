"""An address as a QR code that a phone reads from a screen."""

from io import BytesIO

import segno
from flask import Response


def qr_code(address: str) -> Response:
    """A picture of an address, dark on white, as scanners want it."""
    drawn = BytesIO()
    code = segno.make(address, error="m")
    code.save(drawn, kind="svg", border=2, dark="#101418", light="#ffffff", xmldecl=False, svgclass=None, lineclass=None)
    answer = Response(drawn.getvalue(), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer
