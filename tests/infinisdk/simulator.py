"""Runs the simulator: one InfiniBox at its real paths, on a free port of the loopback address."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PROGRAM = "BOXDECK_SIMULATOR"
"""The environment variable that names the program."""
USER = "admin"
PASSWORD = "boxdeck-demo"
"""The password of every user that a simulated box starts with."""

START_SECONDS = 20
STOP_SECONDS = 5


@dataclass(frozen=True)
class Simulator:
    """A simulator that answers."""

    host: str
    port: int
    pid: int


@contextlib.contextmanager
def running(records: int) -> Iterator[Simulator]:
    """Runs a box that starts with so many volumes, until the end of the block."""
    program = os.environ.get(PROGRAM)
    if not program or not Path(program).is_file():
        raise RuntimeError(f"{PROGRAM} must name the simulator's program; `cargo xtask test sdk` sets it")
    command = [program, "--kind", "infinibox", "--listen", "127.0.0.1:0", "--records", str(records)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        address = urlsplit(_first_line(process))
        _await_answer(address.geturl())
        yield Simulator(address.hostname, address.port, process.pid)
    finally:
        _stop(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    """The simulator's first line, which is its address."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(START_SECONDS):
            raise RuntimeError(f"the simulator said nothing in {START_SECONDS} s")
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"the simulator ended at once, with status {process.wait()}")
    return line


def _await_answer(url: str) -> None:
    """Returns once the box answers the one request that needs no sign-in."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}api/rest/system/ping", timeout=START_SECONDS):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _stop(process: subprocess.Popen[str]) -> None:
    """Asks the program to end, and ends it where it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
