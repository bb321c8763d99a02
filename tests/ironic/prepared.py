"""Makes once what every run copies, and keeps it in the cache folder: a seeded database, a Keystone with its users.

Each is keyed by the files that decide what is in it, so a changed seed is seeded anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import configuration
import identity
import seed
import server
from configuration import Options
from environment import Environment, cache_folder, exclusive, installed


@dataclass(frozen=True)
class Prepared:
    """What a run needs: the installed programs, a seeded database of Ironic, the folder of a Keystone."""

    environment: Environment
    database: Path
    keystone: Path


def prepare() -> Prepared:
    """Returns what a run needs, making what is missing; raises SetupError where that is not possible."""
    environment = installed()
    shared = Path(configuration.__file__)
    database = _kept("seeded", environment, [seed.NODES, Path(seed.__file__), shared])
    keystone = _kept("keystone", environment, [Path(identity.__file__), shared])
    with exclusive("seed"):
        if not database.exists():
            _seed(environment, database)
        if not keystone.exists():
            _make_keystone(environment, keystone)
    return Prepared(environment, database, keystone)


def _kept(name: str, environment: Environment, sources: list[Path]) -> Path:
    digest = hashlib.sha256(environment.key.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return cache_folder() / f"{name}-{digest.hexdigest()[:16]}"


def _seed(environment: Environment, database: Path) -> None:
    started = time.monotonic()
    unfinished = database.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    # The seed asks for no pages and holds nothing locked.
    with server.running(environment, Options(max_limit=1000)) as ironic:
        counts = seed.seed(ironic.client)
        # SQLite's own copy sees a consistent state even while Ironic still has the file open.
        with (
            contextlib.closing(sqlite3.connect(ironic.folder / "ironic.sqlite")) as reading,
            contextlib.closing(sqlite3.connect(unfinished)) as writing,
        ):
            reading.backup(writing)
    os.replace(unfinished, database)
    made = ", ".join(f"{count} {name}" for name, count in counts.items())
    _say(f"seeded {made} in {time.monotonic() - started:.0f} s")


def _make_keystone(environment: Environment, folder: Path) -> None:
    started = time.monotonic()
    unfinished = folder.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    identity.prepare(environment, unfinished)
    os.replace(unfinished, folder)
    _say(f"made a Keystone in {time.monotonic() - started:.0f} s")


def _say(text: str) -> None:
    print(f"ironic: {text}", file=sys.stderr, flush=True)
