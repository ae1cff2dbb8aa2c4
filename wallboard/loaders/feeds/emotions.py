"""How customers feel at a stage or one of its touchpoints, from -2 to +2, and what says so."""

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.store.schema import emotion

FEED = Feed(
    "emotions",
    50,
    emotion,
    contract(
        emotion,
        rule(
            lambda f: (f["basis"] != "measured") | (f["n"] > 0).fillna(False),
            "a measured feeling does not say how many customers it was asked of (n)",
            "Give n, or call it assumed",
        ),
        state=one_of("current", "future"),
        basis=one_of("measured", "assumed"),
        feeling=rule(lambda cells: cells.between(-2, 2), "lies outside −2 to +2", "Bring it to that scale"),
    ),
    fact="day",
    defaults={"state": "current", "basis": "assumed"},
    placed=True,
)
