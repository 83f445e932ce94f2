"""The dossier built for a folder of a host, served there by a plain file server: every address in it answers."""

import re
import shutil
from functools import partial
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest

from claimdeck.pipeline import build_site

PROJECT = Path(__file__).resolve().parents[1]
HOME = "https://example.org/a/b/"
WHOLE = re.compile(r"https://example\.org/[^\s<>\"'\\(),\[\]{}]*")
TEXTS = {".html", ".css", ".csv", ".json", ".txt", ".webmanifest", ".xml"}
LOST = f"{HOME}no/such/page"  # whose answer is 404.html, under this address


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps no diary."""

    def log_message(self, *_arguments: object) -> None:
        pass


class Addresses(HTMLParser):
    """The addresses in the attributes of a page: links, scripts, styles, pictures, the index of the search."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        self.found |= {value for name, value in attrs if name in {"href", "src", "action"}}
        self.found |= {f"{value}words-0.json" for name, value in attrs if name == "data-index"}


def addresses_in(path: str, text: str) -> set[str]:
    """Return the addresses that the file at *path* names; ids, which only look like addresses, are none."""
    suffix = Path(path).suffix
    plain = re.sub(r'<id>.*?</id>|"id": "[^"]*"', "", unescape(text) if suffix in {".html", ".xml"} else text)
    found = {address.rstrip(".;") for address in WHOLE.findall(plain)}
    if suffix == ".html":
        found |= Addresses(text).found
    elif suffix == ".css":
        found |= set(re.findall(r"url\(\"?([^)\"]+)\"?\)", text))
    elif suffix == ".webmanifest":
        found |= set(re.findall(r'"(/[^"]*)"', text))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder in which the dossier lies under /a/b/; its publisher has a home elsewhere."""
    root, served = tmp_path_factory.mktemp("dossier"), tmp_path_factory.mktemp("served")
    shutil.copytree(PROJECT / "content", root / "content")
    settings = (PROJECT / "site.yaml").read_text(encoding="utf-8")
    settings = settings.replace("  url: https://example.org/kursk-claims/", "  url: https://desk.example.net/")
    (root / "site.yaml").write_text(settings, encoding="utf-8")
    build_site(root, served / "a/b", base_url=HOME)
    return served


@pytest.fixture(scope="module")
def server(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def named_by(folder: Path) -> dict[str, str]:
    """Return every address of example.org that a built file names, without its anchor, and one file that names it."""
    named = {}
    for file in sorted((folder / "a/b").rglob("*")):
        path = file.relative_to(folder / "a/b").as_posix()
        if file.suffix in TEXTS:
            here = LOST if path == "404.html" else HOME + path.removesuffix("index.html")
            for address in addresses_in(path, file.read_text(encoding="utf-8")):
                whole = urlsplit(urljoin(here, address))
                if whole.netloc == "example.org" and not address.startswith("#"):
                    named.setdefault(whole._replace(fragment="", query="").geturl(), path)
    return named


def test_nothing_points_out_of_the_folder_and_every_address_answers(folder, server):
    named = named_by(folder)
    assert {address: file for address, file in named.items() if not address.startswith(HOME)} == {}
    assert any(address.endswith(".woff2") for address in named)
    assert {Path(urlsplit(address).path).suffix for address in named} >= {"", ".css", ".js", ".json", ".svg"}
    unanswered = {}
    for address, file in named.items():
        try:
            with urlopen(server + urlsplit(address).path) as answer:
                answer.read()
                if answer.status != 200 or urlsplit(answer.url).path != urlsplit(address).path:
                    unanswered[address] = f"{answer.status} {answer.url}, named in {file}"
        except HTTPError as refusal:
            with refusal:
                unanswered[address] = f"{refusal.code}, named in {file}"
    assert unanswered == {}


def test_the_page_for_lost_readers_names_only_whole_paths(folder):
    """The host answers every missing address with it, however deep."""
    found = Addresses((folder / "a/b/404.html").read_text(encoding="utf-8")).found
    assert [address for address in found if not address.startswith(("/a/b/", "#", "https://", "mailto:"))] == []
