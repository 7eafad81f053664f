"""Read one address of the web that the user names; nothing else is ever fetched."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from summarize.errors import InputError
from summarize.inputs.items import is_address
from summarize.reading import MAX_BYTES
from summarize.version import __version__

_MAX_REDIRECTS = 5
# Seconds without an answer, and for the whole of it.
_TIMEOUT, _MAX_SECONDS = 20.0, 120.0
_CHUNK = 1 << 16
_ACCEPTED = "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5"
USER_AGENT = f"summarize/{__version__}"


def fetch(url: str, *, user_agent: str | None = None, allow_private: bool = False) -> bytes:
    """Fetch a page or a document.

    Parameters
    ----------
    url : str
        Its address, which is also its name in messages.
    user_agent : str, optional
        What the server is told; by default the name of this package and its version.
    allow_private : bool
        Whether the address may be on this machine or in its own network.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If there is no answer, the answer is an error, the certificate is wrong, the address is private or
        redirects too often, or the document is too large.

    Notes
    -----
    The address that was checked is the one that is connected to: a name may change between the two.
    """
    address = url
    ends = time.monotonic() + _MAX_SECONDS
    for _ in range(_MAX_REDIRECTS + 1):
        connection, path = _connect(address, url, allow_private)
        headers = {
            "User-Agent": user_agent or USER_AGENT,
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("Location"):
                address = urljoin(address, str(answer.headers["Location"]))
                if not is_address(address):
                    raise InputError(url, f"redirects to {address[:200]!r}; accepted: http and https")
                continue
            if answer.status != 200:
                raise InputError(url, f"the server answers {answer.status} {answer.reason}")
            return _receive(answer, url, ends)
        except ssl.SSLError as error:
            raise InputError(url, f"has no valid certificate: {error.reason or error}") from None
        except TimeoutError:
            raise InputError(url, f"found no answer within {_TIMEOUT:.0f} seconds") from None
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise InputError(url, f"cannot be fetched: {error}") from None
        finally:
            connection.close()
    raise InputError(url, f"redirects more than {_MAX_REDIRECTS} times")


def _connect(address: str, url: str, allow_private: bool) -> tuple[http.client.HTTPConnection, str]:
    """Make a connection to a server whose address was checked; return it with the path of the document."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(url, f"is not an address: {error}") from None
    if not host:
        raise InputError(url, "is not an address: it names no server")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    port = port or (443 if parts.scheme.lower() == "https" else 80)
    try:
        found = socket.getaddrinfo(host.encode("idna").decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(url, f"its server {host!r} is not known: {error}") from None
    place: Any = found[0][4]
    for each in found:
        own = ipaddress.ip_address(str(each[4][0]).partition("%")[0])
        if not own.is_global and not allow_private:
            raise InputError(
                url, f"its server {host!r} is in a private network ({own}); accepted: with --allow-private"
            )
    try:
        sock = socket.create_connection((place[0], port), timeout=_TIMEOUT)
    except TimeoutError:
        raise InputError(url, f"found no answer within {_TIMEOUT:.0f} seconds") from None
    except OSError as error:
        raise InputError(url, f"cannot be fetched: {error.strerror or error}") from None
    if parts.scheme.lower() == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except ssl.SSLError as error:
            sock.close()
            raise InputError(url, f"has no valid certificate: {error.reason or error}") from None
        except OSError as error:
            sock.close()
            raise InputError(url, f"cannot be fetched: {error}") from None
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    connection.sock = sock
    return connection, path


def _receive(answer: http.client.HTTPResponse, url: str, ends: float) -> bytes:
    """Receive a document in bounded memory and time, and decompress it."""
    unpack = zlib.decompressobj(31) if answer.headers.get("Content-Encoding", "").lower() == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while part := answer.read(_CHUNK):
        if unpack is not None:
            try:
                part = unpack.decompress(part, MAX_BYTES + 1 - size)
            except zlib.error as error:
                raise InputError(url, f"is damaged: {error}") from None
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise InputError(url, f"found more than {MAX_BYTES:,} bytes; accepted: fewer")
        if time.monotonic() > ends:
            raise InputError(url, f"found no end within {_MAX_SECONDS:.0f} seconds")
    return b"".join(parts)
