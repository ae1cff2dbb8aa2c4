"""Signs somebody in, without a password: the secret of a sign-in as the store keeps it."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine, insert, select

from wallboard.records.users import SIGNED_IN_FOR
from wallboard.store.connections import writing
from wallboard.store.schema import sign_in, user_account


def secret_of(engine: Engine, at: datetime, role: str) -> str:
    """The secret of a browser where somebody of that role has signed in; the person is added where there is none."""
    secret = f"secret-of-{role}".replace(" ", "-")
    with writing(engine) as connection:
        number = connection.scalar(select(user_account.c.id).where(user_account.c.role == role, user_account.c.left_at.is_(None)))
        if number is None:
            fields = {"login": role.replace(" ", "-"), "name": role.title(), "role": role, "password": "-", "added_at": at}
            number = connection.execute(insert(user_account).values(**fields).returning(user_account.c.id)).scalar_one()
        token = sha256(secret.encode()).hexdigest()
        if connection.scalar(select(sign_in.c.token).where(sign_in.c.token == token)) is None:
            fields = {"token": token, "user_id": number, "at": at, "expires_at": at + SIGNED_IN_FOR}
            connection.execute(insert(sign_in).values(**fields))
    return secret
