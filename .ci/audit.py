"""Hold the built site against two outside judges: the Nu HTML checker and Lighthouse.  Mends nothing.

`audit.py nu [DIR …]` checks every page, `audit.py lighthouse [DIR]` scores a few, `make audit` does both.
The judges come from npm, pinned, into .cache/audit/.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urlsplit

from audit_scores import Report, audits_that_cost, median_scores, missed_bars, render_figures
from find_browser import find_browser

PROJECT = Path(__file__).resolve().parent.parent
GOOD_SITES = PROJECT / "tests" / "sites" / "good"
FIGURES = PROJECT / "docs" / "audit.md"
CACHE = PROJECT / ".cache" / "audit"

NU = "vnu-jar@26.9.27"
NU_OPTIONS = ("--skip-non-html", "--also-check-svg", "--errors-only")  # of CSS it does not know @container yet
LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 3
PAGES = {"home": "", "one claim": "claims/five-hundred-killed/", "all claims": "claims/", "figures": "figures/"}

# As in tests/browser/conftest.py: Chromium as root, in a container, without a screen, and quiet.
CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
JAVA = "Java 17 or newer is missing. Install it (on Debian: apt-get install openjdk-17-jre-headless)."
NPM = "npm is missing. Install Node.js 20 or newer, which brings it: https://nodejs.org/en/download"
BROWSER = "A Chrome or Chromium is missing. `python .ci/find_browser.py` gets one or says how."
OK, FAULTS, NOT_AUDITED = 0, 1, 2


class NotAuditedError(Exception):
    """What stands in the way of a judgement, and what to do; never a silent pass."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the judges and return 0: nothing to mend, 1: errors or scores too low, 2: they could not judge."""
    parser = argparse.ArgumentParser(prog="audit.py", description="The Nu HTML checker and Lighthouse over the site.")
    parser.add_argument("judge", nargs="?", choices=JUDGES, help="ask this one only")
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="a built site, instead of a new build")
    options = parser.parse_args(arguments)
    try:
        return max(JUDGES[name](options.folders) for name in ([options.judge] if options.judge else JUDGES))
    except NotAuditedError as reason:
        print(f"audit.py: {reason}", file=sys.stderr)
        return NOT_AUDITED


def ask_nu(folders: Sequence[Path]) -> int:
    """Print every error of the sites in *folders*; without any, of the default site and of tests/sites/good."""
    java = find_program("java", JAVA)
    jar = install(NU) / "build" / "dist" / "vnu.jar"
    if subprocess.run((java, "-jar", jar, "--version"), capture_output=True, check=False).returncode:
        raise NotAuditedError(JAVA)  # an older one, or the stand-in that macOS has
    with TemporaryDirectory() as scratch:
        roots = {"default": PROJECT} | {root.name: root for root in sorted(GOOD_SITES.iterdir())}
        sites = [*folders] or [build_site(root, Path(scratch, name)) for name, root in roots.items()]
        pages = sum(count_pages(site) for site in sites)
        command = [java, "-jar", str(jar), *NU_OPTIONS, *map(str, sites)]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        errors = [line.replace(f'"file:{scratch}/', '"') for line in told.stderr.splitlines()]
    if told.returncode:
        print(*errors, f"Nu HTML checker: {len(errors)} errors on {pages} pages", sep="\n", file=sys.stderr)
        return FAULTS
    print(f"Nu HTML checker: no errors on {pages} pages")
    return OK


def ask_lighthouse(folders: Sequence[Path]) -> int:
    """Print the scores of PAGES in the site in *folders*; without one, build it and write docs/audit.md."""
    with TemporaryDirectory() as scratch:
        install(LIGHTHOUSE)  # before the build, which is for nothing without it
        site = folders[0] if folders else build_site(PROJECT, Path(scratch, "site"))
        count_pages(site)
        runs = measure_pages(site, Path(scratch, "served"))
    scores = {name: median_scores(reports) for name, reports in runs.items()}
    figures = render_figures(scores, runs["home"], NU)
    if not folders:
        FIGURES.write_text(figures, encoding="utf-8")
    print(figures)
    for name, reports in runs.items():
        print(f"{name}: points went to {', '.join(audits_that_cost(reports[-1])) or 'nothing'}")
    print(*{line for reports in runs.values() for report in reports for line in report["runWarnings"]}, flush=True)
    faults = [*missed_bars(scores), *(f"{PAGES[name]}: there is no such page" for name in PAGES if name not in runs)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAULTS if faults else OK


def find_program(name: str, missing: str) -> str:
    """Return the path of the program *name*; NotAuditedError with the text *missing* where there is none."""
    program = shutil.which(name)
    if program is None:
        raise NotAuditedError(missing)
    return program


def install(package: str) -> Path:
    """Return the folder of the npm *package* (`name@version`), which is fetched the first time it is needed."""
    npm = find_program("npm", NPM)
    folder = CACHE / package
    options = ("--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder)
    is_complete = (folder / "node_modules" / ".package-lock.json").is_file()  # npm writes it last
    if not is_complete and subprocess.run((npm, "install", *options, package), check=False).returncode:
        raise NotAuditedError(f"npm could not install {package}, see above. Is the npm registry reachable?")
    return folder / "node_modules" / package.partition("@")[0]


def build_site(root: Path, output: Path) -> Path:
    """Build the site in *root* into *output* and return that; NotAuditedError where it does not build."""
    command = (sys.executable, PROJECT / "build.py", "build", "--root", root, "--output", output)
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if told.returncode:
        raise NotAuditedError(f"the site in {root} does not build:\n{told.stderr}")
    return output


def count_pages(site: Path) -> int:
    """Return how many pages *site* has; NotAuditedError where it is no built site: that has a home page."""
    if not (site / "index.html").is_file():
        raise NotAuditedError(f"there is no index.html in {site}. Name the folder of a built site.")
    return sum(1 for _ in site.rglob("*.html"))


@contextmanager
def serve_copy(site: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of *site*, made in *folder*, under the path that its pages expect; yield the address."""
    home = (site / "index.html").read_text(encoding="utf-8")
    base = urlsplit(re.findall(r'<link rel="canonical" href="([^"]+)"', home)[0]).path
    shutil.copytree(site, folder / base.strip("/"))
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def measure_pages(site: Path, folder: Path) -> dict[str, list[Report]]:
    """Return the runs of each of PAGES that *site* has; it is served from *folder*."""
    browser = find_browser()
    if browser is None:
        raise NotAuditedError(BROWSER)
    there = {name: path for name, path in PAGES.items() if Path(site, path, "index.html").is_file()}
    with serve_copy(site, folder) as address:
        return {name: [measure(address + path, browser) for _ in range(RUNS)] for name, path in there.items()}


def measure(address: str, browser: Path) -> Report:
    """Return what Lighthouse, in its own default settings (a phone), says of the page at *address*."""
    script = install(LIGHTHOUSE) / "cli" / "index.js"
    options = ("--quiet", "--output=json", "--no-enable-error-reporting", f"--chrome-flags={CHROME_FLAGS}")
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    command = (find_program("node", NPM), script, address, *options)
    told = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    if told.returncode:
        raise NotAuditedError(f"Lighthouse could not judge {address}:\n{told.stderr}")
    report: Report = json.loads(told.stdout)
    return report


JUDGES = {"nu": ask_nu, "lighthouse": ask_lighthouse}

if __name__ == "__main__":
    sys.exit(main())
