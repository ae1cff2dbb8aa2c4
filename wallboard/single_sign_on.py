"""The company's own sign-in, as room.toml declares it: by OpenID Connect, or by a proxy that names the person in a header."""

import os
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from wallboard.errors import SettingsRefused

HeaderName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,79}$")]
"""The name of a header; no underscore, as `X_User` and `X-User` are the same to a server."""

Network = IPv4Network | IPv6Network


class TrustedProxy(BaseModel):
    """A proxy that signs people in, such as oauth2-proxy, and must itself drop the header where a client sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    header: HeaderName = Field("X-Forwarded-User", description="the header that names the person, as the room's user is called")
    networks: tuple[Network, ...] = Field(alias="from", min_length=1, description="addresses of the proxy; others are refused")

    def trusts(self, address: str | None) -> bool:
        """Whether what comes from an address comes from the proxy."""
        try:
            known = ip_address(address or "")
        except ValueError:
            return False
        return any(_plain(known) in network for network in self.networks)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address as such, also where a socket of both kinds writes it as ::ffff:10.0.0.1."""
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _private(address: str) -> str:
    """An address that is only asked by https, or on this machine."""
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("is not the address of an issuer, such as https://login.company.com/realms/staff")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise ValueError("what it says could be changed on its way. Write https://")
    return address


def _absolute(file: Path) -> Path:
    if not file.is_absolute():
        raise ValueError("is not a whole path. Write it from the root, such as /run/secrets/room")
    return file


WholePath = Annotated[Path, AfterValidator(_absolute)]
Claim = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:/.-]{1,120}$")]
Domain = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", to_lower=True)]
GivenRole = Literal["guest", "team member", "leader", "facilitator"]
"""A role that a group of the company gives: all but the president's, who is named at the machine or by another president."""


class OpenIdConnect(BaseModel):
    """A provider of OpenID Connect, such as Keycloak or Entra ID, in which the room is registered as a client.

    The room must be registered there with the address to come back to: the room's own address and `/room/company/back`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Annotated[str, AfterValidator(_private)] = Field(description="the provider's address, exactly as it calls itself")
    client_id: str = Field(min_length=1, description="how the room is called there")
    secret_env: str = Field(
        "CUSTOMER_ROOM_SIGN_IN_SECRET",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$",
        description="the environment variable that has the client's secret",
    )
    secret_file: WholePath | None = Field(None, description="the file that has the client's secret, instead of the variable")
    public: bool = Field(False, description="true where the provider gave the room no secret")
    ca_file: WholePath | None = Field(None, description="certificates (PEM) to trust there, where the company has its own")
    label: str = Field("your company’s sign-in", min_length=1, max_length=60, description="how people call it: Sign in with ...")
    claim: Claim = Field("preferred_username", description="what names the person, as the room's user is called")
    domains: tuple[Domain, ...] = Field((), description="domains of mail addresses; whoever has none of them is refused")
    scopes: tuple[str, ...] = Field(("openid", "profile", "email"), description="what the provider is asked for")
    groups_claim: Claim = Field("groups", description="what names the person's groups")
    roles: dict[str, GivenRole] = Field(
        default_factory=dict, description="by group, the role of whoever comes for the first time; others are refused"
    )
    skew_seconds: int = Field(60, ge=0, le=600, description="so far the provider's clock may be from this one")
    signs_out_there: bool = Field(True, description="signing out of the room signs out of the provider too, where it can")

    @model_validator(mode="after")
    def _asks_for_an_identity(self) -> "OpenIdConnect":
        if "openid" not in self.scopes:
            raise ValueError('scopes: without "openid" nobody says who somebody is. Add it.')
        if self.public and self.secret_file is not None:
            raise ValueError("secret_file: a public client has no secret. Take out one of both.")
        return self

    def secret(self) -> str | None:
        """The client's secret, None for a public client; raises SettingsRefused where there is none."""
        if self.public:
            return None
        where = f"the environment variable {self.secret_env}"
        try:
            if self.secret_file is not None:
                where = f"the file {self.secret_file}"
                secret = self.secret_file.read_text(encoding="utf-8").strip()
            else:
                secret = os.environ.get(self.secret_env, "").strip()
        except (OSError, UnicodeDecodeError):
            secret = ""
        if not secret:
            what = f"sign_in.openid_connect: {where} has no secret."
            raise SettingsRefused("room.toml", what, "Put it there, or write public = true where the provider gave none.")
        return secret


class SignIn(BaseModel):
    """How people sign in besides their account of the room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    openid_connect: OpenIdConnect | None = Field(None, description="the provider that signs people in, with the room as a client")

    trusted_proxy: TrustedProxy | None = Field(None, description="the proxy that signs people in, its header and its addresses")
