"""Which words public pages can show, read from the sources; and which of them have no Korean yet.

    scripts/messages.py            lists what is missing or no longer shown, and fails if there is any
    scripts/messages.py --write    brings site/locale/ko up to date: new words with an empty line to fill in, old ones gone
    scripts/messages.py --add F    the same, with the lines `中文 => 조선문` of a file put in; then `make messages`

What a resident can meet: the public templates, and every module that the public views reach by their imports. What only staff see stays out:
modules of the admin, names of fields, help texts and panels.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "site" / "locale" / "ko" / "LC_MESSAGES" / "django.po"
APPS = ("catalog", "openness", "search")
ADMIN = re.compile(r"(^|/)(admin|migrations|management|demo|imports)(/|$)|wagtail_hooks")
STAFF = re.compile(
    r"(^|/)(admin|wagtailadmin|wagtaildocs|preview|migrations|management|demo|imports|sheets|rules_of_publishing)(/|\.|$)"
    r"|wagtail_hooks|act_words|/grants\.py|/panels?\.py"
    r"|openness/disclosures/(rules/|forms\.py|blocks/(rows|body|element)\.py|models/(task|override_task|rule_setting)\.py)"
    r"|openness/disclosures/services/(attachment_texts|check|masking|override|own_links|publish|rule_settings|signing|take_down)\.py"
    r"|openness/participation/services/(words)\.py"
    r"|openness/supervision/models/(quality|reports)\.py"
    r"|openness/supervision/services/indicators\.py"
    r"|openness/units/models/(delegation|membership)\.py|search/models\.py|catalog/services/calendar\.py"
)  # no page of residents shows their words, although the views reach them
HUNG_IN = (
    "openness/supervision/services/submissions.py",
)  # figures that an app hangs into public pages when it starts: no import leads there
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy", "n_"}
CONTEXT = {"pgettext", "pgettext_lazy"}
STAFF_WORDS = {"verbose_name", "verbose_name_plural", "help_text", "heading"}
IN_TEMPLATE = re.compile(
    r"""\b(gettext|_|ngettext|pgettext)\(\s*u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))(?:\s*,\s*u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")))?"""
)

Key = tuple[str, str]  # context, words
_HEADER = """# Korean of the public pages, in the spelling and the terms of Yanbian (조선문); the words are those of docs/languages.md.
# Drafted with the code. Have it read by the language office (民委、朝鲜语文) before a site goes public.
# `scripts/messages.py` says what is missing; `make messages` compiles."""


@dataclass
class Found:
    """One string for people, and where it stands."""

    places: list[str] = field(default_factory=list)
    plural: str = ""


@cache
def public_messages() -> dict[Key, Found]:
    found: dict[Key, Found] = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if not STAFF.search(str(path.relative_to(ROOT / "templates"))):
            _note(found, path, _of_template(path.read_text(encoding="utf-8")))
    for path in sorted(public_modules()):
        _note(found, path, _of_module(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def all_messages() -> dict[Key, Found]:
    """Every string of our own sources, those that only staff see too."""
    found: dict[Key, Found] = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        _note(found, path, _of_template(path.read_text(encoding="utf-8")))
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        _note(found, path, _of_module(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _note(found: dict[Key, Found], path: Path, messages: Iterator[tuple[Key, str, int]]) -> None:
    for key, plural, line in messages:
        one = found.setdefault(key, Found())
        one.places.append(f"{path.relative_to(ROOT)}:{line}")
        one.plural = one.plural or plural


def _of_template(source: str) -> Iterator[tuple[Key, str, int]]:
    from django.utils.translation.template import templatize

    text = templatize(source)
    for match in IN_TEMPLATE.finditer(text):
        name, first, second = match[1], ast.literal_eval(match[2]), ast.literal_eval(match[3]) if match[3] else ""
        line = text.count("\n", 0, match.start()) + 1
        if name == "pgettext":
            yield (first, second), "", line
        else:
            yield ("", first), second if name == "ngettext" else "", line


def _of_module(tree: ast.AST) -> Iterator[tuple[Key, str, int]]:
    called = _names(tree)
    for node in _for_people(tree):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = called.get(name, name)
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in ONE and words:
            yield ("", words[0]), "", node.lineno
        elif name in MANY and len(words) > 1:
            yield ("", words[0]), words[1], node.lineno
        elif name in CONTEXT and len(words) > 1:
            yield (words[0], words[1]), "", node.lineno


def _names(tree: ast.AST) -> dict[str, str]:
    """What a module calls Django's functions: `from django.utils.translation import gettext as _said`."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    return {one.asname: one.name for node in imports for one in node.names if one.asname}


def _for_people(node: ast.AST) -> Iterator[ast.Call]:
    """Calls, except what names a field of a model, helps to fill it in, or heads a panel: forms of staff only."""
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        if not _is_for_staff(node, child):
            yield from _for_people(child)


def _is_for_staff(node: ast.AST, child: ast.AST) -> bool:
    if isinstance(child, ast.keyword) and child.arg in STAFF_WORDS:
        return not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("forms."))
    if isinstance(node, ast.Assign) and child is node.value:
        return any(isinstance(one, ast.Name) and one.id in STAFF_WORDS for one in node.targets)
    is_model_field = isinstance(node, ast.Call) and ast.unparse(node.func).startswith(
        ("models.", "fields.", "ParentalKey", "StreamField", "RichTextField")
    )
    return is_model_field and bool(node.args) and child is node.args[0]


def public_modules() -> set[Path]:
    """What the public addresses, the frame of pages, the template tags and the pages of editors reach by their imports."""
    waiting = [path for app in APPS for path in (ROOT / app).rglob("urls.py") if not STAFF.search(str(path.relative_to(ROOT)))]
    waiting += [path for app in APPS for path in (ROOT / app).rglob("templatetags/*.py") if not STAFF.search(str(path.relative_to(ROOT)))]
    waiting += [path for app in APPS for path in (ROOT / app).glob("*/search.py")]  # words that the search box offers
    waiting += list((ROOT / "search" / "suggest").glob("*.py"))
    waiting += [path for path in (ROOT / "openness" / "pages").rglob("*.py") if "migrations" not in path.parts]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        name = str(path.relative_to(ROOT))
        if path not in seen and not ADMIN.search(name):
            seen.add(path)
            waiting += _imported(path)
    return {path for path in seen if not STAFF.search(str(path.relative_to(ROOT)))} | {ROOT / name for name in HUNG_IN}


def _imported(path: Path) -> list[Path]:
    package = list(path.relative_to(ROOT).parent.parts)
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = base + (node.module.split(".") if node.module else [])
            for name in [[], *([one.name] for one in node.names)]:
                found += _files(base + name)
        elif isinstance(node, ast.Import):
            found += [one for name in node.names for one in _files(name.name.split("."))]
    return found


def _files(parts: list[str]) -> list[Path]:
    if not parts or parts[0] not in APPS:
        return []
    base = ROOT.joinpath(*parts)
    return [path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()]


def korean() -> dict[Key, str]:
    """What site/locale/ko has."""
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {((one.context or ""), _first(one.id)): _first(one.string) for one in read_po(file) if one.id}


def _first(words: str | list[str] | tuple[str, ...]) -> str:
    return words if isinstance(words, str) else words[0]


def missing() -> list[str]:
    """One line for each public string without Korean: where it stands, and its words."""
    told = korean()
    return [f"{found.places[0]}  {key[1]}" for key, found in public_messages().items() if not told.get(key)]


def left_over() -> list[str]:
    shown = public_messages()
    return [key[1] for key in korean() if key not in shown]


def write(told: dict[Key, str]) -> None:
    """In the order of the sources, which keeps words of one page together for whoever reads them."""
    day = datetime(2026, 11, 30, tzinfo=UTC)  # fixed: a file without changes is the same file
    catalog = Catalog(locale="ko", header_comment=_HEADER, charset="utf-8", fuzzy=False, creation_date=day, revision_date=day)
    for key, found in public_messages().items():
        places = [(place.rpartition(":")[0], 0) for place in dict.fromkeys(found.places)][:3]
        words = (key[1], found.plural) if found.plural else key[1]
        catalog.add(words, told.get(key, ""), locations=places, context=key[0] or None, flags=_flags(key[1]))
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=0, omit_header=False, include_lineno=False)


def _flags(words: str) -> set[str]:
    return {"python-format"} if re.search(r"%\(\w+\)[sd]", words) else set()


def added(path: Path) -> dict[Key, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if " => " in line]
    pairs = [line.split(" => ", 1) for line in lines]
    return {("", words.replace("\\n", "\n")): told.replace("\\n", "\n") for words, told in pairs}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--add", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    if options.write or options.add:
        write({**korean(), **{key: told for path in options.add for key, told in added(path).items()}})
    lines = [*missing(), *(f"not shown any more: {words}" for words in left_over())]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
