"""Four departments' KPIs, each as its own system writes it: numerator and denominator by day, and the target of that day."""

from pathlib import Path
from typing import Any

import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.volumes import COUNTRIES, daily_bases
from wallboard.demo.words import read_words

FILES = {"contact_centre_kpis": ".csv", "web_shop_kpis": ".tsv", "packaging_kpis": ".csv", "finance_kpis": ".csv"}
ON_TIME_TARGET = 0.97


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one file for each department, and the target of what the deliveries themselves count."""
    return [*(_department(ground, folder, name, ending) for name, ending in FILES.items()), _delivery_target(ground, folder)]


def _department(ground: Ground, folder: Path, name: str, ending: str) -> Path:
    plan = read_words("kpis")[name]
    parts = [_kpi(ground, country, base, kpi) for country, base in daily_bases(ground, plan["weekdays"]) for kpi in plan["kpi"]]
    frame = pd.concat(parts, ignore_index=True)
    if name == "contact_centre_kpis":
        frame.loc[len(frame)] = ["Old checkout", "legacy", "A page that is no more", "GB", frame["day"].iloc[-1], 3, 7, 0.9]
    file = folder / f"{name}{ending}"
    frame.to_csv(file, index=False, sep="\t" if ending == ".tsv" else ",", lineterminator="\n")
    return file


def _kpi(ground: Ground, country: str, base: Any, kpi: dict[str, Any]) -> pd.DataFrame:
    story, rng = ground.story, ground.story.rng(f"kpi {country} {kpi['key']}")
    cases = rng.poisson(base * kpi["per_box"])
    level = story.line(kpi["level"], story.days) + (0.004 if country == "GB" else -0.008) * (1 - kpi["target"]) * 10
    good = rng.binomial(cases, level.clip(0.0, 1.0))
    columns = {"contact point": kpi["at"], "kpi": kpi["key"], "name": kpi["name"], "country": country}
    return pd.DataFrame(columns | {"day": story.days.astype(str), "good": good, "cases": cases, "target": kpi["target"]})


def _delivery_target(ground: Ground, folder: Path) -> Path:
    """Counted from the deliveries, so it brings no cases of its own: only what was aimed at on each day."""
    days = ground.story.days.astype(str)
    none = {"good": 0, "cases": 0, "target": ON_TIME_TARGET}
    parts = [pd.DataFrame({"day": days, "country": country, **none}) for country in COUNTRIES]
    file = folder / "delivery_targets.csv"
    pd.concat(parts).to_csv(file, index=False, lineterminator="\n")
    return file
