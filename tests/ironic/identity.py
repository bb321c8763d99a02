"""A real OpenStack Keystone for an Ironic that asks for tokens: SQLite, fernet tokens, loopback only.

A prepared Keystone (database, keys, users) is kept in the cache folder and copied for every run. It has two users: the
operator, who may do everything, and a reader, who may look at everything and change nothing.
"""

from __future__ import annotations

import contextlib
import getpass
import grp
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import processes
from client import Client
from configuration import PASSWORD, USERNAME
from environment import Environment

READER = "reader"
WSGI = Path(__file__).with_name("keystone_wsgi.py")
KEPT = ("keystone.sqlite", "fernet", "receipts", "credential")

# The endpoint in Keystone's catalog follows `public_endpoint`, because the port differs from run to run.
ENDPOINT = "$(public_endpoint)s/v3"

TEMPLATE = """\
[DEFAULT]
use_stderr = true
public_endpoint = {url}

[database]
connection = sqlite:///{folder}/keystone.sqlite
sqlite_synchronous = false

[token]
provider = fernet

[fernet_tokens]
key_repository = {folder}/fernet

[fernet_receipts]
key_repository = {folder}/receipts

[credential]
key_repository = {folder}/credential

[cache]
enabled = false
"""


@dataclass(frozen=True)
class Identity:
    """A running Keystone; `url` is its root, without a version."""

    url: str
    folder: Path


def prepare(environment: Environment, target: Path) -> None:
    """Makes a Keystone with its users and keeps what it is made of in the folder `target`."""
    with _run(environment, None) as identity:
        _add_reader(identity.url)
        target.mkdir()
        for name in KEPT:
            source = identity.folder / name
            if source.is_dir():
                shutil.copytree(source, target / name)
            elif source.exists():
                shutil.copyfile(source, target / name)


@contextlib.contextmanager
def running(environment: Environment, prepared: Path) -> Iterator[Identity]:
    """Runs a Keystone on a copy of what `prepare` kept, and stops it at the end of the block."""
    with _run(environment, prepared) as identity:
        yield identity


@contextlib.contextmanager
def _run(environment: Environment, prepared: Path | None) -> Iterator[Identity]:
    port = processes.free_port()
    url = f"http://127.0.0.1:{port}"
    client = Client(url)
    with processes.run_folder() as folder:
        path = folder / "keystone.conf"
        path.write_text(TEMPLATE.format(folder=folder, url=url), encoding="utf-8")
        if prepared is None:
            _create(environment, path, folder)
        else:
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
        command = [environment.program("python"), str(WSGI), str(path), str(port)]
        with processes.program(folder, command, lambda: client.answers("/v3")):
            yield Identity(url, folder)


def _create(environment: Environment, path: Path, folder: Path) -> None:
    owner = ["--keystone-user", getpass.getuser(), "--keystone-group", grp.getgrgid(os.getgid()).gr_name]
    bootstrap = ["--bootstrap-username", USERNAME, "--bootstrap-password", PASSWORD, "--bootstrap-public-url", ENDPOINT]
    for name in ("fernet", "receipts", "credential"):
        (folder / name).mkdir(mode=0o700)
    steps = (
        ["db_sync"],
        ["fernet_setup", *owner],
        ["credential_setup", *owner],
        ["bootstrap", *bootstrap, "--bootstrap-region-id", "test"],
    )
    for step in steps:
        processes.completed(folder, [environment.program("keystone-manage"), "--config-file", str(path), *step])


def token(url: str, username: str) -> str:
    """A token for that user with the whole system as its scope."""
    user = {"name": username, "domain": {"id": "default"}, "password": PASSWORD}
    identity = {"methods": ["password"], "password": {"user": user}}
    body = {"auth": {"identity": identity, "scope": {"system": {"all": True}}}}
    answer = Client(url).send("POST", "/v3/auth/tokens", body)
    return answer.headers["X-Subject-Token"]


def _add_reader(url: str) -> None:
    client = Client(url, {"X-Auth-Token": token(url, USERNAME)})
    user = {"name": READER, "domain_id": "default", "password": PASSWORD}
    user_id = client.call("POST", "/v3/users", {"user": user})["user"]["id"]
    role_id = client.call("GET", "/v3/roles?name=reader")["roles"][0]["id"]
    client.call("PUT", f"/v3/system/users/{user_id}/roles/{role_id}")
