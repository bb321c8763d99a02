"""Fixtures of the tests: a simulated VSS block, and the modules of Hitachi's collection run against it."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.testing import patch_module_args

from simulator import PASSWORD, USER, Simulator, running

MODULES = "ansible_collections.hitachivantara.vspone_block.plugins.modules.sds_block.hv_sds_block_"
NAMES = ["user", "user_facts", "user_group", "user_group_facts", "session", "session_facts"]
MODULE_SECONDS = 60

Run = Callable[..., dict[str, Any]]
"""Runs a module: `run("user", state="present", spec={…}, user=…, password=…)`; what it says at its end."""


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the tests' own: the collection writes logs there, and looks there whether it may report its use."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        # Loaded once; every run then starts from a copy of this process.
        for name in NAMES:
            importlib.import_module(MODULES + name)
        yield folder


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """A cluster in its first state, one for each test file. The collection speaks HTTPS only."""
    with running("vss-block", "--tls") as started:
        yield started


@pytest.fixture(scope="module")
def run(simulator: Simulator) -> Run:
    """Runs modules against the file's cluster."""

    def make(module: str, *, user: str = USER, password: str = PASSWORD, **arguments: Any) -> dict[str, Any]:
        address = f"{simulator.host}:{simulator.port}"
        connection = {"address": address, "username": user, "password": password}
        said = _run(module, {"connection_info": connection, **arguments})
        assert said["invocation"]["module_args"]["connection_info"]["password"] != password
        return said

    return make


def _run(module: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Runs a module in a process of its own, as Ansible does: the modules change their own classes."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_perform, args=(module, arguments, sender))
    process.start()
    sender.close()
    try:
        assert receiver.poll(MODULE_SECONDS), f"{module} said nothing in {MODULE_SECONDS} s"
        return json.loads(receiver.recv())
    finally:
        process.kill()
        process.join()
        receiver.close()


def _perform(module: str, arguments: dict[str, Any], sender: Connection) -> None:
    """Hands the arguments to the module as Ansible would, and sends back what it prints."""
    printed = io.StringIO()
    with patch_module_args(arguments), contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        importlib.import_module(MODULES + module).main()
    sender.send(printed.getvalue())
