"""What customers wrote stands in no snapshot any more: sessions that were frozen before keep their numbers without it."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

_BESIDE = {'channel', 'network', 'wording'}
_ROWS = sa.table('snapshot_row', sa.column('room_session'), sa.column('panel'), sa.column('measured'))


def upgrade() -> None:
    bind, c = op.get_bind(), _ROWS.c
    for session, panel in bind.execute(sa.select(c.room_session, c.panel)).all():
        where = (c.room_session == session, c.panel == panel)
        text = bind.execute(sa.select(c.measured).where(*where)).scalar_one()
        kept = json.loads(text)
        if _redacted(kept.get('rows') if isinstance(kept, dict) else None):
            bind.execute(sa.update(_ROWS).where(*where).values(measured=json.dumps(kept, ensure_ascii=False)))


def _redacted(value: Any) -> bool:
    """Takes the words out of rows that quote a customer, and captions of media; whether there were any."""
    if isinstance(value, list):
        return any([_redacted(each) for each in value])
    if not isinstance(value, dict):
        return False
    quoted = {'words', 'author'} if value.keys() & _BESIDE and 'issue' not in value else set()
    quoted |= {'why'} if value.get('why_source') == 'customer said' else {'quotation'} if 'shown_until' in value else set()
    quoted |= {'caption', 'words'} if 'playable' in value else {'evidence'} if 'evidence_kind' in value else set()
    there = [name for name in quoted if isinstance(value.get(name), str)]
    for name in there:
        value[name] = ''
    return any([bool(there), *[_redacted(each) for each in value.values()]])


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
