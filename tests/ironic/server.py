"""Starts and stops one Ironic, and cleans up after runs whose owner died without stopping theirs.

A run has a folder of its own (`<cache>/ironic/runs/<owner's pid>-…`) with configuration, database, log and the pid of
Ironic. Ironic leads a process group of its own, so that it and its worker can be stopped together and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import configuration
from client import Client
from configuration import Options
from environment import Environment, SetupError, cache_folder

START_SECONDS = 60
GRACE_SECONDS = 6


@dataclass(frozen=True)
class Server:
    """A running Ironic."""

    client: Client
    folder: Path
    pid: int


def free_port() -> int:
    """A loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(environment: Environment, options: Options, database: Path | None = None) -> Iterator[Server]:
    """Runs an Ironic on a copy of `database`, or on an empty one, and stops it at the end of the block."""
    runs = cache_folder() / "runs"
    runs.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=runs))
    try:
        if options.port == 0:
            options = replace(options, port=free_port())
        path = configuration.write(environment, folder, options)
        if database is None:
            _create_schema(environment, path, folder)
        else:
            shutil.copyfile(database, folder / "ironic.sqlite")
        server = _start(environment, path, folder, options)
        try:
            yield server
        finally:
            _stop(server.pid)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop_orphans() -> list[int]:
    """Stops every Ironic whose owner is gone, removes its folder, and returns the pids that were stopped."""
    stopped = []
    for folder in (cache_folder() / "runs").glob("*-*"):
        if _alive(int(folder.name.split("-")[0])):
            continue
        with contextlib.suppress(FileNotFoundError, ValueError):
            pid = int((folder / "pid").read_text(encoding="utf-8"))
            # A pid may have been given to another program since: its command line names the folder only if it is ours.
            if str(folder) in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8"):
                _stop(pid)
                stopped.append(pid)
        shutil.rmtree(folder, ignore_errors=True)
    return stopped


def _create_schema(environment: Environment, path: Path, folder: Path) -> None:
    command = [environment.program("ironic-dbsync"), "--config-file", str(path), "create_schema"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise SetupError(f"ironic-dbsync failed:\n{made.stderr[-2000:]}")


def _start(environment: Environment, path: Path, folder: Path, options: Options) -> Server:
    log = folder / "ironic.log"
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [environment.program("ironic"), "--config-file", str(path)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    (folder / "pid").write_text(str(process.pid), encoding="utf-8")
    credentials = (configuration.USERNAME, configuration.PASSWORD) if options.auth == "http_basic" else None
    client = Client(f"http://127.0.0.1:{options.port}", credentials)
    deadline = time.monotonic() + START_SECONDS
    while not client.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            _stop(process.pid)
            raise SetupError(f"Ironic did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")
        time.sleep(0.1)
    return Server(client, folder, process.pid)


def _stop(pid: int) -> None:
    """Asks the process group of `pid` to end, and ends it where it does not."""
    for sent, seconds in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, 2)):
        with contextlib.suppress(ProcessLookupError):
            if sent == signal.SIGTERM:
                os.kill(pid, sent)
            else:
                os.killpg(pid, sent)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if not _group_alive(pid):
                return
            time.sleep(0.05)


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _group_alive(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True
