"""What can be typed on the command line: the commands and their options.  Runs nothing, prints nothing but help."""

from __future__ import annotations

import argparse
from pathlib import Path

from claimdeck import __version__

COMMANDS = ("build", "check", "serve", "new", "rename", "lock", "desk", "import", "schema")
CARDS = ("claim", "source", "claimant", "topic")
KINDS = (*CARDS, "page")


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the options in *arguments*; with no command first, the command is `build`."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help", "--version"}):
        arguments = ["build", *arguments]
    return command_parser().parse_args(arguments)


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="build.py", description="Check claim cards and build their site; with no command: build."
    )
    parser.add_argument("--version", action="version", version=f"claimdeck {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--version", action="version", version=f"claimdeck {__version__}")
    shared.add_argument(
        "--root",
        type=Path,
        default=Path(__file__).resolve().parents[1],
        metavar="DIR",
        help="a folder with site.yaml and content/ (default: the folder of build.py)",
    )

    build = commands.add_parser("build", parents=[shared], help="build the site into dist/")
    build.add_argument("--output", type=Path, metavar="DIR", help="write to DIR instead of dist/ in the site's folder")
    build.add_argument("--base-url", metavar="URL", help="the address of publication, instead of `url` in site.yaml")
    build.add_argument("--strict", action="store_true", help="let warnings fail too")
    build.add_argument(
        "--jobs", type=_number, metavar="N", help="processes that render pages (default: one for each processor)"
    )
    build.add_argument("--no-cache", action="store_true", help="take nothing from .cache/, and put nothing there")
    build.add_argument(
        "--verify",
        action="store_true",
        help="build a second time elsewhere and compare; exit 1 on a difference",
    )
    build.add_argument(
        "--force", action="store_true", help="take an output folder that holds other files, and remove them"
    )

    check = commands.add_parser("check", parents=[shared], help="check everything that build checks, and write nothing")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="print the problems of these files only")
    check.add_argument("--articles", type=Path, metavar="DIR", help="hold quotes against DIR/<source id>.txt")
    check.add_argument("--links", action="store_true", help="ask the web whether outside addresses are still there")
    check.add_argument("--strict", action="store_true", help="let warnings fail too")
    check.add_argument("--since", type=Path, metavar="LOCK", help="print what changed against another desk.lock")
    formats = ("text", "github", "json", "markdown")
    check.add_argument("--format", choices=formats, default="text", help="how problems are printed")

    serve = commands.add_parser("serve", parents=[shared], help="preview the site with live reload; drafts are shown")
    serve.add_argument("--port", type=_port, default=5500, metavar="N", help="the port to listen on (default: 5500)")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="the address to listen on (default: 127.0.0.1)")

    new = commands.add_parser("new", parents=[shared], help="begin a card, or a dossier of your own")
    new.add_argument(
        "kind", choices=(*CARDS, "dossier"), metavar="KIND", help="claim, source, claimant, topic, dossier"
    )
    new.add_argument("name", metavar="ID|DIR", help="the id of the new card; of a dossier, its folder")
    new.add_argument("--source", metavar="ID", help="the source that the new claim starts from")

    rename = commands.add_parser("rename", parents=[shared], help="rename a card, and mend every reference to it")
    rename.add_argument("kind", choices=KINDS, metavar="KIND", help="claim, source, claimant, topic or page")
    rename.add_argument("old", metavar="OLD", help="the card's id: the name of its file, without the ending")
    rename.add_argument("new", metavar="NEW", help="the id that it shall have; OLD becomes an alias")

    lock = commands.add_parser("lock", parents=[shared], help="record the published state in content/desk.lock")
    lock.add_argument("--articles", type=Path, metavar="DIR", help="verify quotes against DIR/<source id>.txt first")

    desk = commands.add_parser("desk", parents=[shared], help="list what to check next and why, the weakest first")
    desk.add_argument(
        "--today", metavar="DATE", help="the day from which the age of reviews is counted (default: today)"
    )

    wild = commands.add_parser("import", parents=[shared], help="turn ClaimReview JSON-LD into draft cards")
    wild.add_argument("file", type=Path, metavar="FILE", help="a .json file, or a page with ClaimReview in it")

    commands.add_parser("schema", parents=[shared], help="write the JSON Schemas of the cards, for your editor")
    return parser


def _port(text: str) -> int:
    """Return the port that *text* spells."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port: a number from 1 to 65535")
    return int(text)


def _number(text: str) -> int:
    """Return the number from 1 on that *text* spells."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 on")
    return int(text)
