"""The production server."""

from flask import Flask
from waitress import serve

THREADS = 12


def serve_forever(server: Flask, host: str, port: int) -> None:
    """Serve until the process is stopped."""
    serve(server, host=host, port=port, threads=THREADS, ident="customer-room", clear_untrusted_proxy_headers=True)
