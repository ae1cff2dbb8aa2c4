"""The production server."""

import gc

from flask import Flask
from waitress import serve

from wallboard.errors import NotServed

THREADS = 12


def serve_forever(server: Flask, host: str, port: int) -> None:
    """Serve until the process is stopped; raises NotServed where somebody else listens already."""
    gc.collect()
    gc.freeze()  # what was made to start with lives for months: looking through it again costs a picture 90 ms
    try:
        serve(server, host=host, port=port, threads=THREADS, ident="customer-room", clear_untrusted_proxy_headers=True)
    except OSError as error:
        remedy = "Stop what listens there, or choose another with --port (make demo PORT=8051)."
        raise NotServed(f"{host}:{port}", f"the room cannot be served here ({error.strerror}).", remedy) from None
