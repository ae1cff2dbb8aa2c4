"""The room's server: an address is built as Flask builds it, and what builds it is compiled when somebody asks."""

import pytest
from flask import url_for
from werkzeug.routing import Rule

from wallboard.screens.server import Server


def test_an_address_that_is_built_is_right_and_costs_nothing_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, compiles = list[bool](), Rule._compile_builder

    def noted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(append_unknown)
        return compiles(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    server = Server("room")
    server.add_url_rule("/room/<int:number>/<rule>", "step", lambda number, rule: f"{number} {rule}")
    assert server.test_client().get("/room/7/closed").text == "7 closed" and not compiled
    with server.test_request_context():
        built = [url_for("step", number=number, rule="a b", page=2) for number in (7, 8)]
        assert built == ["/room/7/a%20b?page=2", "/room/8/a%20b?page=2"] and compiled == [True]
