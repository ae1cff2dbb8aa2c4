"""The real room's walls and a stage, lit from real exports, can be read like the demo's."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import Chromium
from tests.browser.glass import FULL_HD, PHONE, PORTRAIT, TABLET, clean_glass, resize
from tests.browser.serving import Lit, served
from tests.rooms import AT, instant, missing
from wallboard.clock import stopped
from wallboard.loaders.load import Loaded
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=str(missing()))]

SCREENS = {
    "/wall/outcomes?scene=growth&perimeter=us": "1,897",
    "/wall/outcomes?scene=reasons&perimeter=us": "we do not know",
    "/wall/outcomes?scene=buyers&perimeter=us": "2,057 customers bought in December 2017, for $421,882",
    "/wall/outcomes?scene=bridge&perimeter=us": "customers\nDec 31, 2017",
    "/wall/outcomes?scene=scoreboard&perimeter=us": "no owner",
    "/wall/issues?scene=flow&perimeter=br": "open now",
    "/wall/issues?scene=nature&perimeter=br": "unclassified",
    "/wall/issues?scene=people&perimeter=br": "nobody yet",
    "/wall/touchpoints?scene=parcel&perimeter=br": "Delivered by the promised day",
    "/wall/touchpoints?scene=map&perimeter=br": "My parcel comes",
    "/journey?perimeter=br": "answers for the whole journey",
    "/journey/help?perimeter=br": "The form: 64 fields",
    "/journey/account?perimeter=br": "nothing collected",
}


@pytest.fixture(scope="module")
def lit_retail(retail_on_sqlite: tuple[Room, dict[str, Loaded]]) -> Iterator[Lit]:
    with served(retail_on_sqlite[0], stopped(instant(AT))) as server:
        yield server


def test_every_screen_of_the_real_room_shows_its_numbers_and_can_be_read(chromium: Chromium, lit_retail: Lit) -> None:
    faults_found = []
    with clean_glass(chromium) as glass:
        for address, expected in SCREENS.items():
            faults = glass.faults(lit_retail, address, (FULL_HD, PORTRAIT, TABLET, PHONE))
            faults_found += [f"{address}: {fault}" for fault in faults]
            resize(glass.page, FULL_HD)
            assert expected in glass.page.locator(".scene.shown").inner_text(), address
        glass.watch.settle()
    assert not faults_found, "\n" + "\n".join(faults_found)
