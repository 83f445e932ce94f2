"""Hold a file against its schema as an editor does, which reads YAML 1.2.  Asserts nothing."""

import json
import re
from functools import cache

import yaml
from jsonschema import Draft202012Validator

from claimdeck.desk.schema import CARDS, schemas_of
from claimdeck.model.problems import Severity
from claimdeck.read.content import read_content
from claimdeck.read.documents import parse_document
from claimdeck.read.settings import read_settings
from claimdeck.read.static import stylesheet


class Yaml12(yaml.SafeLoader):
    """Reads what an editor's YAML 1.2 reads (https://yaml.org/spec/1.2.2/#103-core-schema): `no` and days are text."""

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012 -- the name is PyYAML's


for tag, pattern, firsts in [
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
]:
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(firsts))


@cache
def schemas(root):
    """Return the schemas of the unchanging site in *root*, each ready to validate."""
    return fresh_schemas(root)


def fresh_schemas(root):
    content, site = read_content(root / "content")[0], read_settings(root / "site.yaml", stylesheet(root))[0]
    whole = {name.partition(".")[0]: json.loads(text) for name, text in schemas_of(content, site).items()}
    return {kind: Draft202012Validator(schema) for kind, schema in whole.items()}


def files_of(root):
    yield from (("site", path) for path in root.glob("site.yaml"))
    for kind in CARDS:
        yield from ((kind, path) for path in sorted((root / "content" / f"{kind}s").glob("*.yaml")))


def faults(schema, path):
    """Return what *schema* finds in the file at *path*, read as an editor does and as text."""
    text = path.read_text(encoding="utf-8")
    ways = [yaml.load(text, Yaml12), parse_document(text, path.name).value]
    return [f"{error.json_path}: {error.message[:200]}" for value in ways for error in schema.iter_errors(value)]


def errors(site):
    return [str(problem) for problem in site.problems() if problem.severity is Severity.ERROR]
