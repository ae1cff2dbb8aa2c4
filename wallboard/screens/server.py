"""The room's server: Flask, without what the room never asks of it."""

from collections.abc import Callable
from functools import cache

from flask import Flask
from werkzeug.routing import Rule

Built = Callable[..., tuple[str, str]]


class ReadRule(Rule):
    """A rule by which addresses are read; how one is built, which Werkzeug compiles twice a rule, is compiled when one is."""

    def _compile_builder(self, append_unknown: bool = True) -> Built:
        compiled = cache(super()._compile_builder)
        return lambda rule, /, **values: compiled(append_unknown)(rule, **values)


class Server(Flask):
    """Half of what an application costs to make was compiling how addresses are built, of which the room builds none."""

    url_rule_class = ReadRule
