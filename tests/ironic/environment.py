"""Installs OpenStack Ironic and Keystone from PyPI into a virtual environment that other checkouts reuse.

The environment is keyed by what is installed, the constraints file and the Python version, and lives in the cache
folder (`$BOXDECK_CACHE`, else `boxdeck` in `$XDG_CACHE_HOME` or `~/.cache`). A lock file lets several test workers ask for it at once; a marker
written last tells a finished installation from an interrupted one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Keystone brings no server of its own; gunicorn cannot host it, because Keystone would read gunicorn's arguments.
PACKAGES = ("ironic==39.0.0", "keystone==30.0.0", "cheroot==11.1.2")
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
OLDEST_PYTHON = (3, 11)


class SetupError(Exception):
    """Ironic cannot be installed or started here; the message says what a person can do."""


@dataclass(frozen=True)
class Environment:
    """An installed virtual environment."""

    folder: Path
    key: str

    def program(self, name: str) -> str:
        """The path of a console script of the environment."""
        return str(self.folder / "bin" / name)


def cache_folder() -> Path:
    """The folder for everything of Ironic that outlives a test run."""
    named = os.environ.get("BOXDECK_CACHE")
    shared = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = (Path(named) if named else Path(shared) / "boxdeck") / "ironic"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Holds the lock `name` of the cache folder; the system frees it if this process dies."""
    with open(cache_folder() / f"{name}.lock", "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def installed() -> Environment:
    """Returns the environment, installing it first where it is missing.

    Raises SetupError where Python is too old, has no `venv`, or PyPI does not answer.
    """
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(f"{PACKAGES[0]} needs Python {wanted} or newer; this is {sys.version.split()[0]}")
    python = ".".join(map(str, sys.version_info[:2]))
    digest = hashlib.sha256()
    for part in (*(package.encode() for package in PACKAGES), python.encode(), CONSTRAINTS.read_bytes()):
        digest.update(part + b"\0")
    key = digest.hexdigest()[:16]
    environment = Environment(cache_folder() / f"venv-{key}", key)
    finished = environment.folder / "finished"
    with exclusive("install"):
        if not finished.exists():
            started = time.monotonic()
            print(f"ironic: installing {', '.join(PACKAGES)} into {environment.folder}", file=sys.stderr, flush=True)
            shutil.rmtree(environment.folder, ignore_errors=True)
            _create(environment)
            finished.write_text(f"{' '.join(PACKAGES)}, Python {python}\n", encoding="utf-8")
            print(f"ironic: installed in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return environment


def _create(environment: Environment) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", str(environment.folder)], check=False)
    if made.returncode != 0:
        raise SetupError("Python could not make a virtual environment; on Debian: apt-get install python3-venv")
    install = [
        environment.program("python"),
        *("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--constraint", str(CONSTRAINTS), *PACKAGES),
    ]
    if subprocess.run(install, check=False).returncode != 0:
        raise SetupError(f"pip could not install {', '.join(PACKAGES)}; its own message is above")
