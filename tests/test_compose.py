"""The containers as files: pinned, checked for health, not root, nothing open to the network."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries.server.jars import locked_jars

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PINNED = re.compile(r"[a-z0-9/]+:\d+(\.\d+)+(-[a-z]+)*")


def test_the_parts_are_neo4j_the_api_and_a_loader_that_runs_once() -> None:
    plain = {name for name, service in SERVICES.items() if not service.get("profiles")}
    assert plain == {"neo4j", "api", "load"}
    assert SERVICES["load"]["restart"] == "no"
    for name in ("api", "load"):
        assert SERVICES[name]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_images_are_pinned_and_neo4j_is_the_managed_servers() -> None:
    images = [SERVICES[name]["image"] for name in ("neo4j", "bloom")]
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert all(PINNED.fullmatch(image) for image in (*images, *bases))
    version = next(jar.version for jar in locked_jars() if jar.artifact == "neo4j")
    assert images == [f"neo4j:{version}-community", f"neo4j:{version}-enterprise"]


def test_ports_are_open_to_this_machine_alone_and_to_one_service_each() -> None:
    ports = [port for service in SERVICES.values() for port in service["ports"]]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert len({port.split(":")[1] for port in ports}) == len(ports)


def test_what_serves_says_whether_it_is_well() -> None:
    assert SERVICES["neo4j"]["healthcheck"]["test"]
    assert SERVICES["bloom"]["healthcheck"]["test"]
    assert "HEALTHCHECK" in DOCKERFILE


def test_data_are_in_declared_volumes() -> None:
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service["volumes"]
        if not volume.startswith(("$", "."))
    }
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_without_root_and_cannot_write_itself() -> None:
    user = re.findall(r"^USER (\d+)", DOCKERFILE, re.M)[-1]
    assert int(user) > 0
    for name in ("api", "load"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_no_licence_is_accepted_for_the_user() -> None:
    accepted = SERVICES["bloom"]["environment"]["NEO4J_ACCEPT_LICENSE_AGREEMENT"]
    assert accepted == "${NEO4J_ACCEPT_LICENSE_AGREEMENT:-}"
    assert SERVICES["bloom"]["profiles"] == ["bloom"]


def test_what_the_image_is_made_of_is_let_in() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.M)
    assert {name for names in copied for name in names.split()} == let_in
    assert all((ROOT / name).exists() for name in let_in)


@pytest.mark.parametrize("profile", [[], ["--profile", "bloom"]])
def test_compose_accepts_the_file(profile: list[str]) -> None:
    command = _compose()
    if command is None:
        pytest.skip("there is neither docker-compose nor docker's compose plugin")
    answer = subprocess.run(
        [*command, "--file", str(ROOT / "docker-compose.yml"), *profile, "config", "--quiet"],
        env=os.environ | {"NEO4J_PASSWORD": "only-for-tests"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_the_dockerfile_has_no_bad_habits() -> None:
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("there is no hadolint")
    answer = subprocess.run(
        [hadolint, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


def _compose() -> list[str] | None:
    for command in (["docker-compose"], ["docker", "compose"]):
        if shutil.which(command[0]):
            asked = subprocess.run([*command, "version"], capture_output=True, check=False)
            if asked.returncode == 0:
                return command
    return None
