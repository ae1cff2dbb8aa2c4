"""The production server."""

import gc

from flask import Flask
from waitress import serve

THREADS = 12


def serve_forever(server: Flask, host: str, port: int) -> None:
    """Serve until the process is stopped."""
    gc.collect()
    gc.freeze()  # what was made to start with lives for months: looking through it again costs a picture 90 ms
    serve(server, host=host, port=port, threads=THREADS, ident="customer-room", clear_untrusted_proxy_headers=True)
