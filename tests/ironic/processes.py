"""Runs the programs of the tests' services, and cleans up after runs whose owner died without stopping them.

A run has a folder of its own (`<cache>/ironic/runs/<owner's pid>-…`) with configuration, database, log and the pid of its
program. The program leads a process group of its own, so that it and its workers can be stopped together and nothing
else.
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
from collections.abc import Callable, Iterator
from pathlib import Path

from environment import SetupError, cache_folder

START_SECONDS = 60
GRACE_SECONDS = 6


def free_port() -> int:
    """A loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """A folder for one run, removed at the end of the block."""
    runs = cache_folder() / "runs"
    runs.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=runs))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def program(folder: Path, command: list[str], answers: Callable[[], bool]) -> Iterator[int]:
    """Runs a program until the end of the block and yields its pid once `answers` says that it is up.

    The command line must name a path in `folder`, by which `stop_orphans` knows it again. Raises SetupError with the end
    of its log if it does not come up.
    """
    log = folder / "log"
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    (folder / "pid").write_text(str(process.pid), encoding="utf-8")
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                text = log.read_text(encoding="utf-8", errors="replace")
                raise SetupError(f"{Path(command[0]).name} did not start:\n{text[-4000:]}")
            time.sleep(0.1)
        yield process.pid
    finally:
        _stop(process.pid)


def completed(folder: Path, command: list[str]) -> None:
    """Runs a program to its end; raises SetupError with what it said if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupError(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")


def stop_orphans() -> list[int]:
    """Stops every program whose owner is gone, removes its folder, and returns the pids that were stopped."""
    stopped = []
    for folder in (cache_folder() / "runs").glob("*-*"):
        if Path(f"/proc/{folder.name.split('-')[0]}").exists():
            continue
        with contextlib.suppress(FileNotFoundError, ValueError):
            pid = int((folder / "pid").read_text(encoding="utf-8"))
            # A pid may have been given to another program since: its command line names the folder only if it is ours.
            if str(folder) in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8"):
                _stop(pid)
                stopped.append(pid)
        shutil.rmtree(folder, ignore_errors=True)
    return stopped


def _stop(pid: int) -> None:
    """Asks the program to end, which ends its workers, and ends the whole group where it does not."""
    for end, seconds in ((lambda: os.kill(pid, signal.SIGTERM), GRACE_SECONDS), (lambda: os.killpg(pid, signal.SIGKILL), 2)):
        with contextlib.suppress(ProcessLookupError):
            end()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            if not _group_exists(pid):
                return
            time.sleep(0.05)


def _group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
