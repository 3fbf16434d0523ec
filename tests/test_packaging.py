"""The container, the service and the wheel hold what the Makefile and the settings say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
ROLES = {"telegram", "vk", "collector", "scheduler", "sender", "web"}


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The composition, with its anchors resolved."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (built,) = folder.glob("*.whl")
    return built


def stages(instructions: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    result: list[list[tuple[str, str]]] = []
    for name, rest in instructions:
        if name == "FROM":
            result.append([])
        result[-1].append((name, rest))
    return result


def of(stage: list[tuple[str, str]], name: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == name]


def test_the_image_is_installed_as_the_makefile_installs(instructions: list[tuple[str, str]]) -> None:
    """The same lock with hashes, then the project alone, without a look at any index."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    build = " ".join(of(stages(instructions)[0], "RUN"))
    for fragment in ("--require-hashes -r requirements.txt", "--no-deps"):
        assert fragment in makefile, f"the Makefile no longer says {fragment}"
        assert fragment in build
    assert build.index("--require-hashes") < build.index("--no-deps")
    assert re.search(r"-m venv", makefile)
    assert re.search(r"python -m venv", build)
    assert "index-url" not in build


def test_the_image_copies_only_what_exists_and_what_the_build_reads(instructions: list[tuple[str, str]]) -> None:
    """Every copied file is in the repository and is let through by .dockerignore."""
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    copied = {part for rest in of(stages(instructions)[0], "COPY") for part in rest.split()[:-1]}
    assert copied == let_through
    assert all((ROOT / part).exists() for part in copied)
    assert {"bot", "handlers", "pyproject.toml", "requirements.txt"} <= copied


def test_the_last_stage_has_no_compiler_and_no_root(instructions: list[tuple[str, str]]) -> None:
    """It starts from a slim image, installs nothing, takes the environment from the first stage and gives up root."""
    first, last = stages(instructions)
    assert of(first, "FROM")[0].split()[0] == of(last, "FROM")[0].split()[0], "one Python in both stages: the environment is copied"
    assert "-slim" in of(last, "FROM")[0]
    assert not re.search(r"apt-get|gcc|build-essential|pip install", " ".join(of(last, "RUN")))
    assert of(last, "COPY") == ["--from=build /opt/vestnik /opt/vestnik"]
    names = [name for name, _ in last]
    assert of(last, "USER") == ["vestnik"]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert of(last, "VOLUME") == ['["/data"]']
    assert "vestnik" in of(last, "HEALTHCHECK")[0]


def test_every_role_is_composed_and_scaled(compose: dict[str, Any]) -> None:
    """A service a role, the senders more than one, the store durable and never evicting."""
    services = compose["services"]
    composed = {service["command"][-1] for name, service in services.items() if name != "store"}
    assert composed == ROLES
    assert services["sender"]["deploy"]["replicas"] > 1
    assert services["collector"]["deploy"]["replicas"] > 1
    for single in ("telegram", "vk"):
        assert services[single].get("deploy", {}).get("replicas", 1) == 1, "long poll gives an update to one process"
    assert {"--appendonly", "noeviction"} <= set(services["store"]["command"])
    for name in services:
        assert services[name]["healthcheck"]["test"], name


def test_every_name_in_the_environment_is_a_setting(compose: dict[str, Any], instructions: list[tuple[str, str]]) -> None:
    """A mistyped variable would be ignored in silence."""
    known = {f"VESTNIK_{name.upper()}" for name in Settings.model_fields}
    texts = ["compose.yaml", "Dockerfile", "deploy/vestnik.service", ".env.example", "docs/operations.md"]
    for text in texts:
        used = set(re.findall(r"\bVESTNIK_[A-Z0-9_]*[A-Z0-9]\b", (ROOT / text).read_text(encoding="utf-8")))
        assert used, text
        assert used <= known, f"{text}: {used - known}"


@pytest.mark.parametrize("where", ["compose.yaml", "Dockerfile", "deploy/vestnik.service"])
def test_every_command_that_is_named_exists(where: str) -> None:
    """What a container or the service starts is a command of ours with options that it knows."""
    text = (ROOT / where).read_text(encoding="utf-8")
    named = set(re.findall(r'"vestnik", "(\w+)"|^CMD \["(\w+)"|bin/vestnik (\w+)|command: \["(run)"', text, re.MULTILINE))
    commands = {part for group in named for part in group if part}
    assert commands
    for command in commands:
        result = subprocess.run([sys.executable, "-m", "bot", command, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, result.stderr
        for option in re.findall(rf'"{command}", "(--[\w-]+)"', text):
            assert option in result.stdout


def test_the_composition_is_valid() -> None:
    """By the published schema of Compose: a mistyped key would be an error at the operator's."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_the_service_is_valid(tmp_path: Path) -> None:
    """By systemd itself, with a program where ours will be: a mistyped line would be ignored in silence."""
    program = tmp_path / "vestnik"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "vestnik.service"
    unit.write_text((ROOT / "deploy" / "vestnik.service").read_text(encoding="utf-8").replace("/opt/vestnik/bin/vestnik", str(program)))
    result = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_guide_installs_what_the_service_starts() -> None:
    """The paths of the service are the ones that the guide fills."""
    unit, guide = ((ROOT / one).read_text(encoding="utf-8") for one in ("deploy/vestnik.service", "docs/operations.md"))
    for path in ("/opt/vestnik", "/etc/vestnik.env", "/var/lib/vestnik"):
        assert path in unit
        assert path in guide


def test_the_service_restarts_and_gives_up_its_rights() -> None:
    """It comes back after a failure, is given time to finish, and may write only its own folder."""
    unit = (ROOT / "deploy" / "vestnik.service").read_text(encoding="utf-8")
    for line in (
        "Restart=on-failure",
        "TimeoutStopSec=60",
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "StateDirectory=vestnik",
    ):
        assert f"\n{line}\n" in unit, line


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    """Templates, lists, models, scripts and locales are inside, and nothing of the tests."""
    files = (path for top in ("bot", "handlers") for path in (ROOT / top).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wanted - names == set()
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_the_wheel_works_where_the_repository_is_not(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere, the command line starts and the packaged data are read from there."""
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*install, "--target", str(target), str(wheel)], check=True, capture_output=True, timeout=100)
    script = (
        "import datetime as dt, bot, bot.cli\n"
        "from bot.locales import words\n"
        "from bot.playground.site import Edition\n"
        f"assert bot.__file__.startswith({str(target)!r}), bot.__file__\n"
        "assert words('ru').say('date-today')\n"
        "assert Edition.dated(dt.datetime.now(dt.UTC)).pages\n"
        "raise SystemExit(bot.cli.run(['--version']))\n"
    )
    environment = {"PYTHONPATH": str(target), "PATH": "/usr/bin:/bin"}
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stderr
    assert "vestnik" in result.stdout
