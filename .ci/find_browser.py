"""Find a Chrome or Chromium for the tests; run as a script, get one or say how.  Starts no browser."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

NAMES_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
WINDOWS_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe")
PLAYWRIGHT_PROGRAMS = (
    "chrome-linux*/chrome",
    "chrome-mac*/*.app/Contents/MacOS/*",
    "chrome-win*/chrome.exe",
)

# libatomic1: the barest Debian lacks it, and Playwright's own Node does not start without it.
APT_UPDATE = "apt-get update -q -o DPkg::Lock::Timeout=300"
APT_INSTALL = "apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 chromium libatomic1"


def find_browser() -> Path | None:
    """Return the installed Chrome or Chromium to test with, or None.

    CLAIMDECK_BROWSER names one; if that is no program, no other is taken in its place.
    """
    named = os.environ.get("CLAIMDECK_BROWSER")
    for candidate in [named] if named else _candidates():
        program = shutil.which(candidate)
        if program:
            return Path(program)
    return None


def main() -> int:
    """Name the browser of the tests; without one, install it or print the line to type; 0 if one is there."""
    browser = find_browser()
    is_ready = browser is not None and _playwright_starts()
    if not is_ready and _can_install():
        print("No Chrome or Chromium that Playwright could drive: installing Debian’s chromium.", flush=True)
        _install()
        browser = find_browser()
        is_ready = browser is not None and _playwright_starts()
    if is_ready:
        print(f"The browser tests use {browser}.", flush=True)
        return 0
    print(_advice(browser), file=sys.stderr)
    return 1


def _candidates() -> Iterator[str]:
    """Yield names and paths under which a browser may lie, the likeliest first."""
    yield from NAMES_ON_PATH
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (str(folder / name) for name in MAC_APPLICATIONS)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder_name := os.environ.get(variable):
            yield from (str(Path(folder_name) / name) for name in WINDOWS_PROGRAMS)
    for folder in _playwright_folders():
        for pattern in PLAYWRIGHT_PROGRAMS:
            yield from (str(path) for path in sorted(folder.glob(pattern)))


def _playwright_folders() -> list[Path]:
    """Return the folders of the Chromiums that Playwright itself downloaded, newest first.

    https://playwright.dev/python/docs/browsers#managing-browser-binaries
    """
    parents = [
        Path.home() / ".cache/ms-playwright",
        Path.home() / "Library/Caches/ms-playwright",
        Path.home() / "AppData/Local/ms-playwright",
    ]
    if named := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        parents.insert(0, Path(named))
    folders = [folder for parent in parents for folder in parent.glob("chromium-*")]
    return sorted(folders, key=lambda folder: folder.name.rpartition("-")[2].zfill(9), reverse=True)


def _playwright_starts() -> bool:
    """Whether the Node that Playwright brings runs here; true where Playwright itself is not installed."""
    if find_spec("playwright") is None:
        return True
    command = (sys.executable, "-m", "playwright", "--version")
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _can_install() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and _is_debian() and not os.environ.get("CLAIMDECK_BROWSER")


def _is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _install() -> None:
    """Install Debian’s chromium; what goes wrong apt-get says itself, and no browser is there afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (APT_UPDATE, APT_INSTALL):
        subprocess.run(command.split(), env=environment, stdin=subprocess.DEVNULL, check=False)


def _advice(browser: Path | None) -> str:
    """Return what is missing and the one line that gets it on this system."""
    named = os.environ.get("CLAIMDECK_BROWSER")
    if named and not browser:
        return f"CLAIMDECK_BROWSER is “{named}”: that is no program. Name one, or unset it."
    if browser and not _is_debian():
        return f'Playwright does not start. To see why, type:\n    "{sys.executable}" -m playwright --version'
    missing = "library that Playwright needs" if browser else "Chrome or Chromium"
    return f"A {missing} is missing. To get it, type:\n    {_line_to_type()}"


def _line_to_type() -> str:
    if _is_debian():
        return "sudo apt-get install -y --no-install-recommends chromium libatomic1"
    if platform.system() == "Darwin" and shutil.which("brew"):
        return "brew install --cask google-chrome"
    if platform.system() == "Windows" and shutil.which("winget"):
        return "winget install Google.Chrome"
    return f'"{sys.executable}" -m playwright install chromium'


if __name__ == "__main__":
    sys.exit(main())
