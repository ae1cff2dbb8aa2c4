"""The company's own sign-in: a proxy in front of the room names the person in a header, and is believed by its address."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

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


class SignIn(BaseModel):
    """How people sign in besides their account of the room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    trusted_proxy: TrustedProxy | None = Field(None, description="the proxy that signs people in, its header and its addresses")
