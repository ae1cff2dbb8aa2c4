"""An export that has shrunk waits in the console until a facilitator or the president can confirm that it is right."""

from tests.screens.console.given import House
from wallboard.loaders import shrink
from wallboard.store.connections import writing


def test_the_console_offers_what_waits_to_those_who_may_say_yes_and_keeps_who_did(house: House) -> None:
    fay, lena, ada = (house.at_the_console(login) for login in ("fay", "lena", "ada"))
    assert "Nothing is waiting." in fay.see("/room/loads") and "Loads" not in fay.see("/room")
    with writing(house.living.engine) as connection:
        shrink.remember(connection, shrink.Shrunk("customers", "customers.csv", "f" * 64, 13_558, 6_743), house.living.at)
    shown = fay.see("/room/loads")
    assert "customers.csv: 6,743 rows, 13,558 before" in shown and "This is right: 6,815 rows may go" in shown
    assert "Loads" in fay.see("/room")
    assert "customers.csv" not in lena.see("/room/loads") and "Loads" not in lena.see("/room")
    sent = {"source": "customers", "content": "f" * 64}
    assert "a facilitator or the president can confirm" in lena.do("accept-shrink", 0, **sent)["refusal"]
    assert "nother file has come" in fay.do("accept-shrink", 0, **sent | {"content": "0"})["refusal"]
    assert "othing of this source waits" in fay.do("accept-shrink", 0, **sent | {"source": "?"})["refusal"]
    assert fay.do("accept-shrink", 0, **sent)["message"] == "Written down: the next load takes customers.csv."
    assert "Fay has confirmed it" in ada.see("/room/loads") and "Loads" not in fay.see("/room")
    assert "export that has shrunk customers: accepted" in ada.see("/room/audit")
