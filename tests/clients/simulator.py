"""Runs the simulator: one system at its real paths, on a free port of the loopback address."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import selectors
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROGRAM = "BOXDECK_SIMULATOR"
"""The environment variable that names the program."""
USER = "admin"
PASSWORD = "boxdeck-demo"
"""The password of every user that a simulated system starts with."""

START_SECONDS = 20
ANSWER_SECONDS = 20
STOP_SECONDS = 5


@dataclass(frozen=True)
class Answer:
    """What the simulator said to a request of the tests' own."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body, where it is JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class Simulator:
    """A simulator that listens."""

    url: str
    """Its address, without a slash at the end."""
    pid: int

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return urlsplit(self.url).hostname

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return urlsplit(self.url).port

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Sends a request that no client has a hand in: as the administrator with Basic, if the headers don't say else."""
        basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/json"} | (headers or {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data=data, headers=headers, method=method)
        # The simulator signs its certificate itself, anew with every start.
        trusting = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS, context=trusting) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.read().decode())


@contextlib.contextmanager
def running(kind: str, *options: str) -> Iterator[Simulator]:
    """Runs one system of the kind with further options of the program, until the end of the block."""
    program = os.environ.get(PROGRAM)
    if not program or not Path(program).is_file():
        raise RuntimeError(f"{PROGRAM} must name the simulator's program; `cargo xtask test --only sdk` sets it")
    command = [program, "--kind", kind, "--listen", "127.0.0.1:0", *options]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        yield Simulator(_first_line(process).rstrip("/"), process.pid)
    finally:
        _stop(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    """The simulator's first line, which is its address; it listens by then."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(START_SECONDS):
            raise RuntimeError(f"the simulator said nothing in {START_SECONDS} s")
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"the simulator ended at once, with status {process.wait()}")
    return line


def _stop(process: subprocess.Popen[str]) -> None:
    """Asks the program to end, and ends it where it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
