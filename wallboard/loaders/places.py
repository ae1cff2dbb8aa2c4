"""Where and when a row belongs: its local day, and the stage of its touchpoint."""

import pandas as pd
from sqlalchemy import Connection

from wallboard.loaders.times import local_day
from wallboard.settings import Room
from wallboard.store.lookups import touchpoint_stages


def with_days(frame: pd.DataFrame, room: Room, **days: str) -> pd.DataFrame:
    """Add columns of local days, each from an instant, in the zone of the row's perimeter."""
    dates = {day: pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]") for day in days}
    zones = {key: str(room.settings.zone(key)) for key in frame["perimeter"].dropna().unique()}
    once = set(zones.values())
    for zone in once:
        here = slice(None) if len(once) == 1 else frame["perimeter"].map(zones) == zone
        for day, instant in days.items():
            dates[day].loc[here] = local_day(frame.loc[here, instant], zone)
    return frame.assign(**dates)


def with_stages(connection: Connection, frame: pd.DataFrame) -> pd.DataFrame:
    """Fill an empty stage with the stage of the row's touchpoint: a touchpoint lies in one stage."""
    lies_in = touchpoint_stages(connection)
    return frame.assign(stage=frame["stage"].fillna(frame["touchpoint"].map(lies_in).astype("str")))


def with_months(frame: pd.DataFrame) -> pd.DataFrame:
    """Any day of a month stands for the month: its first day."""
    return frame.assign(month=frame["month"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]"))


def month_key(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Add what a row is about as one text, so that the store keeps it once whatever source it came from."""
    parts = [frame[name].dt.strftime("%Y-%m") if frame[name].dtype.kind == "M" else frame[name].fillna("") for name in columns]
    key = parts[0].astype("str")
    for part in parts[1:]:
        key = key + "|" + part.astype("str")
    return frame.assign(month_key=key.astype("str"))
