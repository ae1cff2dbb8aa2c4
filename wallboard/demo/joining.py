"""Why customers came, as they told the welcome page: whom or what they found us through, and in their words."""

import numpy as np
import pandas as pd

from wallboard.demo.story import Story
from wallboard.demo.words import deal, read_words

ASKED_BY = ("welcome page", "agent", "")


def with_joining(story: Story, frame: pd.DataFrame) -> pd.DataFrame:
    """Contracts with `found`, `found_words` and `found_asked`; who came since the story began was asked, once for each spell."""
    rng, pools = story.rng("joining"), read_words("joining")["reason"]
    respondents = np.flatnonzero(_begins(frame) & (frame["start"] >= pd.Timestamp(story.first_day)).to_numpy())
    days = frame["start"].to_numpy().astype("datetime64[D]")[respondents]
    steps = np.array([story.line(pool["share"], days) for pool in pools.values()])
    steps = steps.cumsum(axis=0)
    picked = (steps < rng.random(len(respondents))).sum(axis=0)
    codes = np.asarray([*(pool["code"] for pool in pools.values()), ""], dtype=object)[picked]
    who = np.where(codes == "", ASKED_BY[2], np.where(rng.random(len(respondents)) < 0.86, ASKED_BY[0], ASKED_BY[1]))
    reasons, words, by = (np.full(len(frame), "", dtype=object) for _ in range(3))
    reasons[respondents], by[respondents] = codes, who
    written = (rng.random(len(frame)) < 0.4) & (by == ASKED_BY[0])
    for pool in pools.values():
        rows = np.flatnonzero(written & (reasons == pool["code"]))
        words[rows] = deal(pool["said"], len(rows), rng)
    return frame.assign(found=reasons, found_words=words, found_asked=by)


def _begins(frame: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """True for contracts that begin a spell: nothing else of the customer ran or ended on that very day."""
    ordered = frame.sort_values(["customer", "start"], kind="stable")
    ends = ordered["end"].fillna(pd.Timestamp(2200, 1, 1)).astype("datetime64[us]")
    until = ends.groupby(ordered["customer"]).cummax().groupby(ordered["customer"]).shift(1)
    alone = until.isna() | (ordered["start"] > until)
    begins: np.ndarray[tuple[int], np.dtype[np.bool_]] = alone.reindex(frame.index).to_numpy(dtype=bool)
    return begins
