"""Ask web addresses whether they are still there, politely: few at a time, slowly for each host.  Knows no cards."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Literal
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from claimdeck.model.fields import is_address
from claimdeck.model.problems import shortened

HOSTS_AT_ONCE = 8
REQUESTS_PER_HOST = 2  # at a time
PAUSE = 1.0  # seconds from one request to the next to the same host
TIMEOUT = 10.0  # seconds
REDIRECTS = 5  # followed at most
PERMANENT, TEMPORARY = (301, 308), (302, 303, 307)
GONE = (404, 410)
WORTH_A_GET = (403, 404, 405, 501)  # answers to HEAD from servers that may answer GET otherwise
NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
NO_HOST = "its host does not exist"
IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"

Verdict = Literal["good", "dead", "unknown"]


@dataclass(frozen=True)
class Answer:
    """What became of asking: the verdict, why (“it answered 404”), and where the address has moved to for good."""

    verdict: Verdict
    why: str = ""
    moved_to: str = ""


@dataclass(frozen=True)
class Manners:
    """How long to wait for an answer, and between two requests to one host, in seconds."""

    timeout: float = TIMEOUT
    pause: float = PAUSE


@dataclass(frozen=True)
class _Reply:
    """A server's answer to one request; *fault* where there was none."""

    status: int = 0
    location: str = ""
    fault: str = ""
    is_dead: bool = False


class Asker:
    """Asks addresses as *agent*, several hosts at once and each with *manners*."""

    def __init__(self, agent: str, manners: Manners) -> None:
        self.agent = agent
        self.manners = manners
        self.stopped = threading.Event()
        self.gates: dict[str, _Gate] = {}
        self.gates_lock = threading.Lock()
        self.opener = OpenerDirector()  # without the handlers that follow redirects, raise errors and open files
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
            self.opener.add_handler(handler)

    def ask_all(self, addresses: Iterable[str], heard: Callable[[str, Answer], None]) -> None:
        """Ask each of *addresses* once and call *heard* with its answer, from one thread at a time."""
        by_host: dict[str, list[str]] = {}
        for address in addresses:
            by_host.setdefault(host_of(address), []).append(address)
        hearing = threading.Lock()

        def ask_one(address: str) -> None:
            if not self.stopped.is_set():
                answer = self.ask(address)
                with hearing:
                    heard(address, answer)

        def ask_host(host: str) -> None:
            with ThreadPoolExecutor(REQUESTS_PER_HOST) as requests:
                list(requests.map(ask_one, by_host[host]))

        with ThreadPoolExecutor(HOSTS_AT_ONCE) as hosts:
            try:
                list(hosts.map(ask_host, by_host))
            finally:
                self.stopped.set()  # on Ctrl-C the threads end with what they are at

    def ask(self, address: str) -> Answer:
        """Return what becomes of asking *address*, redirects followed."""
        here, moved_to, is_permanent = address, "", True
        for _ in range(REDIRECTS + 1):
            reply = self._request(here)
            if reply.status not in (*PERMANENT, *TEMPORARY) or not reply.location:
                return _judged(reply, moved_to if moved_to != address else "")
            target = _target(here, reply.location)
            if not target:
                return Answer("unknown", f"it leads on to “{shortened(quote(reply.location, safe=IN_ADDRESSES))}”")
            is_permanent &= reply.status in PERMANENT
            moved_to = target if is_permanent else moved_to
            here = target
        return Answer("unknown", f"it leads on more than {REDIRECTS} times")

    def _request(self, address: str) -> _Reply:
        """Return the reply to HEAD, or where that is refused or fails, to GET."""
        reply = self._send("HEAD", address)
        asks_again = reply.status in WORTH_A_GET or (reply.fault and not reply.is_dead)
        return self._send("GET", address) if asks_again and not self.stopped.is_set() else reply

    def _send(self, method: str, address: str) -> _Reply:
        try:
            headers = {"User-Agent": self.agent, "Accept": "*/*"}
            request = Request(in_ascii(address), method=method, headers=headers)
            with self._gate(host_of(address)), self.opener.open(request, timeout=self.manners.timeout) as response:
                return _reply(response)
        except URLError as fault:
            return _failed(fault.reason if isinstance(fault.reason, OSError) else fault)
        except (OSError, HTTPException, ValueError) as fault:
            return _failed(fault)

    def _gate(self, host: str) -> _Gate:
        with self.gates_lock:
            return self.gates.setdefault(host, _Gate(self.manners.pause, self.stopped))


class _Gate:
    """Lets few requests at a time through to a host, each some time after the one before."""

    def __init__(self, pause: float, stopped: threading.Event) -> None:
        self.pause = pause
        self.stopped = stopped
        self.free = threading.BoundedSemaphore(REQUESTS_PER_HOST)
        self.turn = threading.Lock()
        self.next = 0.0

    def __enter__(self) -> None:
        self.free.acquire()
        with self.turn:
            self.stopped.wait(max(0.0, self.next - time.monotonic()))
            self.next = time.monotonic() + self.pause

    def __exit__(self, *_: object) -> None:
        self.free.release()


def in_ascii(address: str) -> str:
    """Return *address* as it is sent: other scripts in the host's name and in the path encoded; ValueError if none."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    rest = (quote(part, safe=IN_ADDRESSES) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, *rest, ""))


def _target(here: str, location: str) -> str:
    """Return the address, as it is sent, to which a *location* given at *here* leads; "" if it is no web address."""
    try:
        target = in_ascii(urldefrag(urljoin(here, location))[0])
    except ValueError:
        return ""
    return target if is_address(target) else ""


def _reply(response: HTTPResponse) -> _Reply:
    location = response.headers.get("Location", "")
    return _Reply(response.status, location.encode("latin-1", "replace").decode("utf-8", "replace"))


def _failed(fault: Exception) -> _Reply:
    """Return *fault* as a reply: a host that does not exist, or refuses, is dead; anything else may pass."""
    if isinstance(fault, socket.gaierror):
        if fault.errno in NO_SUCH_HOST:
            return _Reply(fault=NO_HOST, is_dead=True)
        return _Reply(fault="its host cannot be looked up now")
    if isinstance(fault, ConnectionRefusedError):
        return _Reply(fault="its host refuses the connection", is_dead=True)
    if isinstance(fault, TimeoutError):
        return _Reply(fault="no answer came in time")
    if isinstance(fault, ssl.SSLError):
        return _Reply(fault=f"its certificate does not hold ({fault.reason or fault.strerror})")
    words = fault.strerror if isinstance(fault, OSError) else ""  # other texts may hold what the server sent
    return _Reply(fault=f"the connection failed ({words or type(fault).__name__})")


def _judged(reply: _Reply, moved_to: str) -> Answer:
    if reply.fault:
        return Answer("dead" if reply.is_dead else "unknown", reply.fault)
    if 200 <= reply.status < 300:
        return Answer("good", moved_to=moved_to)
    return Answer("dead" if reply.status in GONE else "unknown", f"it answered {reply.status}")


def host_of(address: str) -> str:
    """Return the host of *address*, with its port where it has one."""
    return urlsplit(address).netloc.rpartition("@")[2].lower()
