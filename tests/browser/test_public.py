"""What people say in public: new posts appear by themselves, nothing hides one, competitors are told apart."""

import json

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from tests.browser.watching import open_board, until
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.schema import complaint_day, post

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title = 'taken'</script> What a shower of sh*t, you absolute muppets."


def _posted(room: Room, words: str, brand: str) -> None:
    file = room.data / "exports" / "social_posts.ndjson"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    newest = max(rows, key=lambda row: str(row["created_at"]))
    like = next(row for row in rows if row["brand"] == brand)
    post_of = {**like, "id": f"test {words[:20]}", "text": words, "created_at": newest["created_at"]}
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [*rows, post_of]), encoding="utf-8")


@pytest.mark.req("R117", "R119", "S12")
def test_a_new_post_appears_by_itself_as_written_and_does_nothing(page: Page, fresh_room: Room, lit: Light) -> None:
    there = lit(fresh_room)
    open_board(page, f"{there.url}/wall/issues?scene=public")
    title = page.title()
    _posted(fresh_room, HOSTILE, "Fern & Kettle")
    load(fresh_room, there.engine, stopped(AS_OF), only=["posts"])
    until(lambda: HOSTILE in page.locator(".posts").inner_text(), page=page)
    assert page.title() == title


@pytest.mark.req("R118", "R119")
def test_nothing_hides_a_post_and_a_competitors_is_labelled_and_never_a_complaint(
    page: Page, fresh_room: Room, lit: Light
) -> None:
    there = lit(fresh_room)
    with reading(there.engine) as connection:
        posts = connection.scalar(select(func.count()).select_from(post)) or 0
        complaints = connection.scalar(select(func.sum(complaint_day.c.arrived)))
    _posted(fresh_room, "Brewbox sent me an empty box. Twice.", "Brewbox")
    loaded = load(fresh_room, there.engine, stopped(AS_OF), only=["posts"])
    assert (loaded[0].new, loaded[0].refused) == (1, 0)
    with reading(there.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(post)) == posts + 1
        assert connection.scalar(select(func.sum(complaint_day.c.arrived))) == complaints
    assert not {"hidden", "moderated", "approved"} & {column.name for column in post.columns}
    open_board(page, f"{there.url}/wall/issues?scene=public")
    row = page.locator(".posts li", has_text="Brewbox sent me an empty box. Twice.")
    assert "about Brewbox" in row.inner_text()
