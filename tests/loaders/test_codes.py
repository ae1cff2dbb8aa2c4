"""Codes in an export: one spelling in the store, the nearest known one where a row is refused."""

from tests.loaders.conftest import VOICE, Workspace, tickets
from wallboard.store.schema import contract, voice

CONTRACTS = (
    '[contracts]\nfeed = "contracts"\nfile = "c.csv"\nkey = ["contract"]\n[contracts.columns]\n'
    + "".join(f'{name} = "{name}"\n' for name in ("contract", "customer", "started_on", "annual_value", "currency"))
    + 'reason_source = "who"\n'
)


def test_currencies_have_one_spelling_and_what_is_none_is_refused_with_the_nearest(quick: Workspace) -> None:
    quick.sources(CONTRACTS)
    rows = (f"{n},c,2026-01-01,1,{code},Customer Said" for n, code in enumerate(("usd", "USD ", "", "EURO", "£"), start=1))
    quick.put("c.csv", "\n".join(("contract,customer,started_on,annual_value,currency,who", *rows, "")))
    loaded = quick.load_one()
    assert (loaded.new, loaded.refused) == (3, 2)
    assert quick.rows(contract, "contract", "currency") == [("1", "USD"), ("2", "USD"), ("3", "GBP")]
    assert {row[0] for row in quick.rows(contract, "reason_source")} == {"customer said"}
    assert [row[1:4] for row in quick.refusals()] == [
        (
            "currency",
            f"{given} is not a currency of ISO 4217. Did you mean '{meant}'?",
            "Map it under [contracts.values.currency].",
        )
        for given, meant in (("'EURO'", "EUR"), ("'£'", "GBP"))
    ]


def test_languages_have_one_spelling(quick: Workspace) -> None:
    quick.sources(VOICE.replace('score = "Score"', 'language = "Score"'))
    quick.put("tickets.csv", tickets("1,2026-06-01,,a,EN_gb", "2,2026-06-01,,b,", "3,2026-06-01,,c,Klingonish"))
    assert quick.load_one().refused == 1
    assert quick.rows(voice, "language") == [(None,), ("en-GB",)]
