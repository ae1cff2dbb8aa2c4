"""Everything that is counted again when customers come, leave, merge, change group or currency:
the ledger first, then what reads it."""

from wallboard.loaders.facts.accounts import ACCOUNTS
from wallboard.loaders.facts.behaviours import BEHAVIOURS
from wallboard.loaders.facts.customers import CUSTOMERS
from wallboard.loaders.facts.referrals import REFERRALS
from wallboard.loaders.facts.renewals import RENEWALS
from wallboard.loaders.facts.retention import RETENTION
from wallboard.loaders.facts.tiers import TIERS
from wallboard.loaders.facts.winbacks import WINBACKS
from wallboard.loaders.feed import Facts

ASSET: tuple[Facts, ...] = (CUSTOMERS, RETENTION, WINBACKS, RENEWALS, TIERS, ACCOUNTS, BEHAVIOURS, REFERRALS)
