"""Asking the web: what each answer means, how often and how fast a server is asked."""

import socket

import pytest

from claimdeck.desk.ask import HOSTS_AT_ONCE, PAUSE, REQUESTS_PER_HOST, Answer, Asker, Manners, in_ascii
from tests.web_server import serve_web

THIS_MACHINE = ["localhost", "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f.0.1", "0x7f.0.0.1", "0177.1", "0177.0.1"]
QUICK = Manners(timeout=0.6, pause=0.0)


@pytest.fixture
def web(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with serve_web() as server:
        yield server


def ask(*addresses: str, manners: Manners = QUICK) -> dict[str, Answer]:
    heard: dict[str, Answer] = {}
    Asker("Claimdeck/test", manners).ask_all(addresses, heard.__setitem__)
    return heard


def ask_one(address: str, manners: Manners = QUICK) -> Answer:
    return ask(address, manners=manners)[address]


def test_a_page_that_is_there_is_good_and_asked_once_without_its_text(web):
    assert ask_one(web.url("/page")) == Answer("good")
    assert web.asked == [("HEAD", "/page")]
    assert web.agents == {"Claimdeck/test"}


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(web, status):
    web.answers["/gone"] = status
    assert ask_one(web.url("/gone")) == Answer("dead", f"it answered {status}")


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
def test_any_other_refusal_says_nothing_of_the_page(web, status):
    web.answers["/page"] = status
    assert ask_one(web.url("/page")) == Answer("unknown", f"it answered {status}")


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_server_that_refuses_head_is_asked_for_the_page_itself(web, status):
    path = f"/no-head-{status}"
    assert ask_one(web.url(path)) == Answer("good")
    assert web.asked == [("HEAD", path), ("GET", path)]


def test_a_server_that_hangs_up_is_asked_twice_and_could_not_be_checked(web):
    assert ask_one(web.url("/hangs-up")).verdict == "unknown"
    assert web.asked == [("HEAD", "/hangs-up"), ("GET", "/hangs-up")]


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_tells_the_new_address(web, status):
    web.answers["/old"] = (status, "/new?a=b#part")
    assert ask_one(web.url("/old")) == Answer("good", moved_to=web.url("/new?a=b"))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_is_followed_and_not_told(web, status):
    web.answers["/front"] = (status, web.url("/today", "localhost"))
    assert ask_one(web.url("/front")) == Answer("good")


def test_what_lies_behind_a_passing_redirect_is_no_new_address(web):
    web.answers |= {"/a": (301, "/b"), "/b": (302, "/c"), "/c": (301, "/d")}
    assert ask_one(web.url("/a")) == Answer("good", moved_to=web.url("/b"))


def test_a_redirect_back_to_the_address_itself_is_no_move(web):
    web.answers |= {"/a": (301, "/a?seen"), "/a?seen": (301, "/a#top")}
    assert ask_one(web.url("/a")).verdict == "unknown"
    assert ask_one(web.url("/b#part")) == Answer("good")


def test_a_redirect_to_nothing_is_dead(web):
    web.answers |= {"/old": (301, "/gone"), "/gone": 404}
    assert ask_one(web.url("/old")) == Answer("dead", "it answered 404")


def test_redirects_are_followed_five_times_and_no_more(web):
    web.answers |= {f"/{number}": (302, f"/{number + 1}") for number in range(1, 7)}
    assert ask_one(web.url("/2")) == Answer("good")
    assert ask_one(web.url("/1")) == Answer("unknown", "it leads on more than 5 times")
    web.answers["/round"] = (301, "/round")
    assert ask_one(web.url("/round")) == Answer("unknown", "it leads on more than 5 times")


@pytest.mark.parametrize("location", ["mailto:desk@example.org", "file:///etc/passwd", "http://[", "https://"])
def test_a_redirect_out_of_the_web_is_not_followed(web, location):
    web.answers["/out"] = (302, location)
    answer = ask_one(web.url("/out"))
    assert (answer.verdict, answer.why.startswith("it leads on to")) == ("unknown", True)


def test_a_server_that_takes_too_long_could_not_be_checked(web):
    assert ask_one(web.url("/slow"), Manners(timeout=0.1, pause=0.0)) == Answer("unknown", "no answer came in time")


def test_a_refused_connection_and_a_host_that_does_not_exist_are_dead():
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        refused = ask_one(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert refused == Answer("dead", "its host refuses the connection")


def test_a_host_that_cannot_be_looked_up_is_dead_or_at_least_not_good():
    assert ask_one("http://nowhere.invalid/").verdict in {"dead", "unknown"}  # unknown where no name server answers
    assert ask_one("http://" + "a" * 70 + ".例え.jp/").verdict == "unknown"


def test_a_certificate_that_does_not_hold_could_not_be_checked(web):
    assert ask_one(f"https://127.0.0.1:{web.port}/").verdict == "unknown"


def test_one_host_gets_two_requests_at_a_time(web):
    ask(*(web.url(f"/{number}") for number in range(8)), manners=Manners(timeout=5.0, pause=0.0))
    assert web.most_at_once == REQUESTS_PER_HOST == 2


def test_other_hosts_do_not_wait_for_one_with_many_pages(web):
    pages = [web.url(f"/{number}") for number in range(6)]
    assert list(ask(*pages, web.url("/other", "localhost"), manners=Manners(pause=0.2)))[-1] in pages


def test_between_two_requests_to_a_host_there_is_a_pause(web):
    ask(*(web.url(f"/{number}") for number in range(3)), web.url("/no-head-405"), manners=Manners(pause=0.3))
    gaps = [later - earlier for earlier, later in zip(web.times, web.times[1:], strict=False)]
    assert len(gaps) == 4
    assert min(gaps) > 0.25
    assert PAUSE >= 1


def test_at_most_eight_hosts_are_asked_at_a_time(web):
    ask(*(web.url("/page", host) for host in THIS_MACHINE), manners=Manners(timeout=5.0, pause=0.0))
    assert len(web.asked) == len(THIS_MACHINE) > HOSTS_AT_ONCE
    assert 1 < web.most_at_once <= HOSTS_AT_ONCE


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://example.org/a b?c=d&e=%20#f", "https://example.org/a%20b?c=d&e=%20"),
        ("https://例え.jp/パス", "https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9"),
        ("http://[::1]:80/~a,b;c", "http://[::1]:80/~a,b;c"),
    ],
)
def test_addresses_in_any_script_are_sent_in_ascii(address, sent):
    assert in_ascii(address) == sent
