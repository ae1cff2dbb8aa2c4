"""The joined application: what it answers, what it forbids, and when its build changes."""

import re
from itertools import product
from typing import Any

import pytest
from dash import dcc, html
from flask import Flask
from flask.testing import FlaskClient
from flask_compress import flask_compress
from sqlalchemy import Engine

from tests.conftest import AS_OF
from wallboard.app import build_of, create_app
from wallboard.clock import stopped
from wallboard.errors import Faults
from wallboard.screens.bundle import CHARTS, Bundle
from wallboard.settings import Room, open_room


@pytest.fixture
def client(empty_room: Room, empty_store: Engine) -> FlaskClient:
    client: FlaskClient = create_app(empty_room, stopped(AS_OF), empty_store).server.test_client()
    return client


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    for address in ("/", "/pulse?path=/wall/issues", "/healthz", "/fonts/inter.ttf", "/media/1", "/nothing/here"):
        with client.get(address) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy and "object-src 'none'" in policy and "unsafe-eval" not in policy
            script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
            assert "unsafe-inline" not in script and "http" not in script
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_says_its_language_and_build(client: FlaskClient, empty_room: Room) -> None:
    page = client.get("/wall/issues").text
    assert '<html lang="en-GB"' in page and f'data-build="{build_of(empty_room)}"' in page
    assert "https://" not in page
    assert 'rel="icon" href="data:' in page and "favicon" not in page, "no request for an icon"


def test_every_other_page_comes_as_html_with_one_style_and_one_script(client: FlaskClient) -> None:
    """What stands on it is in the page itself: nothing of Dash runs in the browser, and no browser keeps it."""
    words_at = {
        "/": "Did we earn",
        "/room/issues": "Sign in",
        "/try/receive": "There is nothing",
        "/status": "What has been loaded",
    }
    for address, words in words_at.items():
        answer = client.get(address)
        page = answer.text
        assert words in page.partition("<body>")[2], address
        assert answer.headers["Cache-Control"] == "no-store", address
        assert not scripts(page) and "_dash-config" not in page and len(re.findall(r'(?:src|href)="/bundle/', page)) == 2, address


def test_a_page_with_another_component_comes_with_dash_renderer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.screens.page.lobby", lambda *_args, **_more: html.Main(dcc.Markdown("*Walls*")))
    page = client.get("/").text
    assert any("/dash/dcc/" in address for address in scripts(page)) and "DashRenderer" in page and "/bundle/page." in page


def test_a_board_comes_whole_and_of_dash_it_fetches_react_alone(client: FlaskClient) -> None:
    """A first visit asks for the page, a style, a typeface, three scripts, and plotly.js where there is a chart."""
    for board in ("/wall/issues", "/journey/wait", "/tour", "/follow", "/wall/no-such"):
        page = client.get(board).text
        assert [re.sub(r"@.*", "", address.rpartition("/")[2]) for address in scripts(page)] == ["react", "react-dom"], board
        assert 'id="first"' in page and "_dash-config" not in page and "DashRenderer" not in page, board
        beside = page.partition('id="first"')[0] + page.rpartition("</script>")[0]
        assert len(re.findall(r' (?:src|href)="/', beside)) <= 12, board
        for address in scripts(page):
            assert "max-age=31536000" in client.get(address).headers["Cache-Control"]


def test_words_of_a_room_cannot_end_the_data_of_its_page(empty_room: Room, empty_store: Engine) -> None:
    layout = empty_room.layouts / "issues.toml"
    layout.write_text(
        re.sub(r"(?m)^title .*$", 'title = "</script><script>alert(1){%config%}"', layout.read_text("utf-8"), count=1), "utf-8"
    )
    client = create_app(empty_room, stopped(AS_OF), empty_store).server.test_client()
    for address, words in {"/wall/issues": r"alert(1)\u007b%config%}", "/": "alert(1)&#123;%config%}"}.items():
        page = client.get(address).text
        assert words in page and "<script>alert" not in page, address


def test_a_file_of_the_program_is_packed_once_and_nothing_else_is(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []
    pack = flask_compress._compress_data

    def noted(app: Flask, data: bytes, algorithm: str) -> Any:
        packed.append(len(data))
        return pack(app, data, algorithm)

    monkeypatch.setattr(flask_compress, "_compress_data", noted)
    charts = re.search(r'data-basic="([^"]+)"', client.get("/wall/issues").text)
    assert charts
    for _ in range(3):
        for address in (charts[1], "/bundle/board.now.js", "/bundle/board.then.js", "/pulse?path=/wall/issues"):
            with client.get(address, headers={"Accept-Encoding": "zstd"}) as answer:
                assert answer.headers["Content-Encoding"] == "zstd" and (answer.is_json or len(answer.data) < 0.5 * max(packed))
    pulses = [size for size in packed if size < 20_000]
    assert len(pulses) == 3 and len(packed) == 5


def test_the_part_of_plotly_js_that_charts_need_is_of_the_version_of_the_whole() -> None:
    """Otherwise: npm pack plotly.js-basic-dist-min@VERSION, and its two files into assets/plotly."""
    part, whole = ((folder() / name).read_text("utf-8")[:400] for folder, name in CHARTS.values())
    [ours], [theirs] = (re.findall(r"plotly\.js (?:\(.*\) )?v([\d.]+)", text) for text in (part, whole))
    assert ours == theirs


def test_the_part_of_plotly_js_is_compiled_while_it_arrives_and_the_whole_is_not(client: FlaskClient) -> None:
    """Nobody draws with a tenth of the whole: compiling all of it would cost more than it saves."""
    starts = [client.get(Bundle.charts(part)).data.startswith(b"//# allFunctionsCalledOnLoad\n") for part in CHARTS]
    assert starts == [True, False]


def test_a_new_layout_is_a_wall_of_the_lobby_and_of_the_kiosk(empty_room: Room, empty_store: Engine) -> None:
    """A file in layouts/ is enough: the room tells its walls, and nobody keeps a list of them."""
    walls = served_walls(empty_room, empty_store)
    assert walls == ["outcomes", "issues", "touchpoints", "day_one"]
    text = (empty_room.layouts / "issues.toml").read_text(encoding="utf-8")
    (empty_room.layouts / "kitchen.toml").write_text(text, encoding="utf-8")
    assert served_walls(empty_room, empty_store) == [*walls, "kitchen"]


def served_walls(room: Room, store: Engine) -> list[str]:
    client = create_app(room, stopped(AS_OF), store).server.test_client()
    inputs = [{"id": "address", "property": name, "value": value} for name, value in (("pathname", "/"), ("search", ""))]
    asked = {"output": "screen.children", "outputs": {"id": "screen", "property": "children"}, "inputs": inputs}
    lobby = client.post("/_dash-update-component", json={**asked, "changedPropIds": ["address.pathname"]}).text.replace(
        r"\u002f", "/"
    )
    walls = client.get("/walls")
    assert walls.mimetype == "text/plain" and walls.headers["Cache-Control"] == "no-store"
    assert list(dict.fromkeys(re.findall(r'"/wall/(\w+)', lobby))) == walls.text.split()
    return list(walls.text.split())


def scripts(page: str) -> list[str]:
    return re.findall(r'<script src="([^"]+)"', page)


def test_the_houses_styles_and_scripts_are_one_file_each_kept_for_good(client: FlaskClient) -> None:
    page = client.get("/wall/issues").text
    own = re.findall(r'"(/bundle/board[^"]+)"', page)
    assert [url.rpartition(".")[2] for url in own] == ["css", "js"] and "/assets/" not in page
    for address, part in zip(own, (b"@font-face", b"room:painted"), strict=True):
        kept = client.get(address)
        assert part in kept.data and "immutable" in kept.headers["Cache-Control"]
    older = client.get("/bundle/board.older.js")
    assert older.status_code == 200 and older.headers["Cache-Control"] == "no-cache"
    assert client.get("/bundle/board.older.py").status_code == client.get("/bundle/lobby.older.js").status_code == 404


def test_a_page_loads_only_the_modules_of_its_kind(client: FlaskClient) -> None:
    kinds = {"/": "page", "/try": "page", "/try/form?sign=in": "console", "/room/issues": "console", "/tour/wait": "board"}
    for address, kind in kinds.items():
        own = re.findall(r'<script type="module" src="(/bundle/[^"]+)"', client.get(address).text)
        assert [name.split("/")[2].partition(".")[0] for name in own] == [kind]
        loaded = set(re.findall(r"^const \$(\w+) = ", client.get(own[0]).text, re.M))
        assert ("presenter" in loaded) == (kind == "console") and ("walk" in loaded) == (kind == "board") and "pulse" in loaded


@pytest.mark.slow
def test_what_a_screen_fetches_is_packed_as_its_browser_reads_it(client: FlaskClient) -> None:
    page = client.get("/wall/issues").text
    fetched = (*re.findall(r'"(/bundle/[^"]+)"', page), scripts(page)[0], "/fonts/inter.ttf")
    for known, address in product(("zstd", "br", "gzip"), fetched):
        with client.get(address) as plain, client.get(address, headers={"Accept-Encoding": known}) as packed:
            assert packed.headers["Content-Encoding"] == known and "Content-Encoding" not in plain.headers
            assert len(packed.data) < 0.7 * len(plain.data) and "Accept-Encoding" in packed.headers["Vary"]


def test_a_font_that_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/fonts/inter.ttf", headers={"Accept-Encoding": "zstd"}) as first:
        tag = first.headers["ETag"]
    again = client.get("/fonts/inter.ttf", headers={"Accept-Encoding": "zstd", "If-None-Match": tag})
    assert again.status_code == 304 and not again.data


def test_the_font_comes_out_of_its_package_and_nothing_else_does(client: FlaskClient) -> None:
    with client.get("/fonts/inter.ttf") as font:
        assert font.status_code == 200 and font.mimetype == "font/ttf" and font.content_length and font.content_length > 100_000
    for name in ("", "other.ttf", "..%2f__init__.py", "Inter[opsz,wght].ttf"):
        assert client.get(f"/fonts/{name}").status_code in (404, 200) and b"def " not in client.get(f"/fonts/{name}").data


def test_the_build_follows_layouts_and_settings_and_nothing_else(empty_room: Room) -> None:
    first = build_of(empty_room)
    (empty_room.data / "exports").mkdir()
    (empty_room.data / "exports" / "new.csv").write_text("a", encoding="utf-8")
    assert build_of(empty_room) == first
    layout = empty_room.layouts / "issues.toml"
    layout.write_text(layout.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")
    second = build_of(empty_room)
    settings = empty_room.root / "room.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Fern & Kettle", "Fern & Co"), encoding="utf-8")
    assert len({first, second, build_of(open_room(empty_room.root))}) == 3


def test_a_room_with_faulty_layouts_is_not_lit(empty_room: Room, empty_store: Engine) -> None:
    layout = empty_room.layouts / "issues.toml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("issue_list", "isue_list"), encoding="utf-8")
    with pytest.raises(Faults, match="Did you mean 'issue_list'"):
        create_app(empty_room, stopped(AS_OF), empty_store)


def test_two_rooms_in_one_process_do_not_know_each_other(empty_room: Room, empty_store: Engine) -> None:
    first, other = (create_app(empty_room, stopped(AS_OF), empty_store).server.test_client() for _ in range(2))
    first.get("/pulse?path=/wall/issues&screen=only-here")
    assert "only-here" in first.get("/healthz").json["screens"]
    assert other.get("/healthz").json["screens"] == {}
    assert first.get("/healthz").json["boot"] != other.get("/healthz").json["boot"]
