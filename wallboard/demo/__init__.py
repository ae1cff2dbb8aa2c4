"""The demo company, Fern & Kettle: written as exports in real shapes, and loaded like any other company's."""

from wallboard.demo.company import write_exports

__all__ = ["write_exports"]
