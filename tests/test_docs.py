"""The documents say what the program does: commands, options, columns, dependencies, examples."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import jixiao
from jixiao.cli import ROOT_HELP, app
from jixiao.columns import codebook, tables
from jixiao.tables import rows
from tests.conftest import ROOT

READMES = ("README.md", "README.zh-CN.md")
DOCS = (
    *READMES,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/checks.md",
    "docs/cli.md",
    "docs/dependencies.md",
    "docs/packs.md",
    "docs/tables.md",
)


def commands(group: Any, name: str = "") -> dict[str, Any]:
    """Return every command by its words: "" is the program itself, "patterns list" a command within a command."""
    found = {name: group}
    for word, command in getattr(group, "commands", {}).items():
        found |= commands(command, f"{name} {word}".strip())
    return found


COMMANDS = commands(typer.main.get_command(app))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)


def options(command: str) -> set[str]:
    found = {option for param in COMMANDS[command].params for option in (*param.opts, *param.secondary_opts)}
    return {option for option in found if option.startswith("-")} | {"-h", "--help"}


# The command line


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    chapter = text("docs/cli.md")
    first, _, second = command.partition(" ")
    if first:
        assert f"## jixiao {first}\n" in chapter
    if second:
        assert f"`{second}`" in chapter
    for option in options(command):
        assert f"`{option}" in chapter, f"{command} {option}"


@pytest.mark.parametrize("command", [command for command in COMMANDS if command])
def test_every_command_and_option_has_help(command: str) -> None:
    assert COMMANDS[command].help
    for param in COMMANDS[command].params:
        assert param.help or param.param_type_name == "argument", param.name


def commands_in(name: str) -> Iterator[list[str]]:
    for block in blocks(name, "sh") + blocks(name, "powershell"):
        for line in block.splitlines():
            words = shlex.split(line.split("|")[0].split(">")[0].replace("\\", "/"), comments=True)
            if words and Path(words[0]).name == "jixiao":
                yield words[1:]


@pytest.mark.parametrize("name", [*READMES, "docs/cli.md"])
def test_every_command_shown_exists(name: str) -> None:
    shown = list(commands_in(name))
    assert shown
    for words in shown:
        command = max((known for known in COMMANDS if " ".join(words).startswith(known)), key=len)
        assert command, words
        assert {word for word in words if word.startswith("-")} <= options(command), words


@pytest.mark.parametrize("name", [*READMES, "docs/cli.md"])
def test_exit_codes_are_those_of_the_help(name: str) -> None:
    helps = [said[1] for command in COMMANDS.values() if (said := re.search(r"Exit codes: (.*)", command.help or ""))]
    codes = {code for said in helps for code in re.findall(r"(?:^|; )(\d+) ", said)}
    table = re.findall(r"^\| (\d+) \|", text(name), re.MULTILINE)
    assert table == sorted(codes, key=int) == ["0", "1", "2", "3", "4", "130"]
    root = re.search(r"Exit codes: (.*)", ROOT_HELP)
    assert root is not None
    assert re.findall(r"(?:^|; )(\d+) ", root[1]) == table


def test_error_codes_are_documented() -> None:
    from extract import errors

    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")}
    codes |= {"internal", "not_found", "permission"}
    assert codes == set(
        re.findall(r"^\| `(\w+)` \| ", text("docs/cli.md").split("### What can be wrong")[1], re.MULTILINE)
    )


# README


def test_the_first_commands_are_the_two() -> None:
    for name in READMES:
        first = blocks(name, "sh")[0].splitlines()
        assert [line.split("#")[0].strip() for line in first] == ["make demo", "make test"]


def test_the_two_readmes_are_one() -> None:
    """Same headings, same commands, same rows of the tables, same links, whatever the language around them."""
    one, other = (text(name) for name in READMES)
    for pattern in (r"^#+", r"^```.*?^```", r"^- \*\*", r"^\|", r"^\| `\w+` \|", r"\]\((?!README)[^)]+\)"):
        found = [re.findall(pattern, each, re.MULTILINE | re.DOTALL) for each in (one, other)]
        assert found[0] == found[1], pattern
    assert re.findall(r"^\| [^|]*\| \d+.*", one, re.MULTILINE) == re.findall(r"^\| [^|]*\| \d+.*", other, re.MULTILINE)


def example_rows() -> list[dict[str, str]]:
    """Return the table that shows what becomes of the example's sentences."""
    lines = re.search(r"^\| metric .*?(?=\n\n)", text("README.md"), re.MULTILINE | re.DOTALL)
    assert lines
    header, _, *found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    return [dict(zip(header, row, strict=True)) for row in found]


def test_the_example_is_what_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "example.txt"
    path.write_text(blocks("README.md", "text")[0], "utf-8")
    found = list(rows("facts", jixiao.extract(path).files))
    shown = example_rows()
    assert [{column: row[column] for column in shown[0]} for row in found] == shown


@pytest.mark.parametrize("name", READMES)
def test_the_number_of_columns_is_right(name: str) -> None:
    assert str(len(tables()["facts"].columns)) in re.findall(r"\d+", text(name).split("jixiao facts` ")[1][:60])


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("README.md", "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "元" in capsys.readouterr().out
    assert {path.stem for path in (tmp_path / "out" / "tables").iterdir()} == {*tables(), "panel"}


def test_every_table_is_in_the_readme() -> None:
    assert re.findall(r"^\| `(\w+)` \|", text("README.md").split("## The tables")[1], re.MULTILINE) == list(tables())


# The others


def test_the_codebook_is_that_of_the_columns() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        (ROOT / "docs" / "tables.md").write_text(codebook(), "utf-8")
    assert text("docs/tables.md") == codebook(), "make golden"


def test_every_check_is_explained() -> None:
    """Every name that a check gives its findings stands in docs/checks.md, whole or as the name of a family."""
    explained = re.findall(r"`([a-z-]+(?:\.[a-z-]+)*)(?:\.…)?`", text("docs/checks.md"))
    folders = (ROOT / "jixiao" / "checks", ROOT / "jixiao" / "across")
    code = "".join(path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.py")))
    given = set(re.findall(r"check_id=f?\"([a-z-]+(?:\.[a-z-]+)*)", code))
    given |= set(re.findall(r"statements\(case, \"\w+\", \"([a-z.-]+)\"", code))
    assert len(given) > 25
    for name in given:
        assert any(f"{known}.".startswith(f"{name}.") or name.startswith(f"{known}.") for known in explained), name


def test_the_pack_shown_keeps_its_word(tmp_path: Path) -> None:
    from jixiao.packs import failures, load

    for number, shown in enumerate(blocks("docs/packs.md", "toml")):
        path = tmp_path / f"{number}.toml"
        path.write_text(shown, "utf-8")
        assert list(failures(load(path))) == []
    assert number == 1


def test_every_dependency_is_explained() -> None:
    asked = {
        *PROJECT["project"]["dependencies"],
        *(name for extra in PROJECT["project"]["optional-dependencies"].values() for name in extra),
    }
    names = {re.split(r"[\[<>=]", name)[0] for name in asked}
    explained = re.findall(r"^\| ([\w-]+) \|", text("docs/dependencies.md"), re.MULTILINE)
    assert names == set(explained) - {"package"}
    assert len(explained) == len(set(explained)) + 2, "one row each, under three headers"


def test_constraints_pin_every_dependency() -> None:
    pinned = {line.split("==")[0].lower() for line in text("constraints.txt").splitlines() if "==" in line}
    for name in PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]:
        assert re.split(r"[\[<>=]", name)[0].lower() in pinned


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text(name)):
        if "://" not in target:
            assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", DOCS)
def test_make_targets_shown_exist(name: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([\w-]+)", text(name), re.MULTILINE)) <= targets


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(r"^#+ (.*)", text("CHANGELOG.md"), re.MULTILINE)
    assert headings[:2] == ["Changelog", "[Unreleased]"]
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    for heading in headings[2:]:
        assert heading in kinds or re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading), heading
