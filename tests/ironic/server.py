"""Starts and stops one Ironic."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import configuration
import processes
from client import Client, basic
from configuration import Options
from environment import Environment


@dataclass(frozen=True)
class Server:
    """A running Ironic."""

    client: Client
    folder: Path
    pid: int


@contextlib.contextmanager
def running(environment: Environment, options: Options, database: Path | None = None) -> Iterator[Server]:
    """Runs an Ironic on a copy of `database`, or on an empty one, and stops it at the end of the block."""
    if options.port == 0:
        options = replace(options, port=processes.free_port())
    headers = basic(configuration.USERNAME, configuration.PASSWORD) if options.auth == "http_basic" else {}
    client = Client(f"http://127.0.0.1:{options.port}", headers)
    with processes.run_folder() as folder:
        path = configuration.write(environment, folder, options)
        if database is None:
            command = [environment.program("ironic-dbsync"), "--config-file", str(path), "create_schema"]
            processes.completed(folder, command)
        else:
            shutil.copyfile(database, folder / "ironic.sqlite")
        command = [environment.program("ironic"), "--config-file", str(path)]
        with processes.program(folder, command, client.answers) as pid:
            yield Server(client, folder, pid)
