"""Everything that is counted again when customers come, leave, merge, change group or currency:
the ledger first, then what reads it."""

import pandas as pd
from sqlalchemy import Connection

from wallboard.loaders.facts.accounts import ACCOUNTS
from wallboard.loaders.facts.behaviours import BEHAVIOURS
from wallboard.loaders.facts.buyers import BUYERS
from wallboard.loaders.facts.contacts import CONTACTS
from wallboard.loaders.facts.customers import CUSTOMERS, follow_rule
from wallboard.loaders.facts.losses import LOSSES
from wallboard.loaders.facts.referrals import REFERRALS
from wallboard.loaders.facts.renewals import RENEWALS
from wallboard.loaders.facts.repeats import REPEATS
from wallboard.loaders.facts.retention import RETENTION
from wallboard.loaders.facts.tiers import TIERS
from wallboard.loaders.facts.undated import UNDATED
from wallboard.loaders.facts.winbacks import WINBACKS
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import customer_alias, exchange_rate
from wallboard.store.write import Written

ASSET: tuple[Facts, ...] = (CUSTOMERS, UNDATED, RETENTION, WINBACKS, RENEWALS, TIERS, ACCOUNTS, BEHAVIOURS, REFERRALS, LOSSES)

MONEY: tuple[Facts, ...] = (*ASSET, BUYERS, CONTACTS)
"""Everything that another exchange rate, or another money of the room, makes anew."""


def follow(connection: Connection, room: Room) -> bool:
    """Count everything again where room.toml has another rule, or this program another way of counting, than before."""
    if not follow_rule(connection, room):
        return False
    nobody = pd.DataFrame({"customer": [], "alias": []}, dtype="str")
    for table in (customer_alias, exchange_rate):  # what concerns everybody, and all money
        anybody = Written(table, nobody, nobody, nobody, nobody, same=0, first=False)
        for facts in (*MONEY[1:], REPEATS):
            facts.refresh(connection, anybody, room)
    return True
