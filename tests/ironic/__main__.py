"""A real OpenStack Ironic for the tests: `python3 tests/ironic COMMAND`.

    prepare   install Ironic into the cache folder and keep a seeded database there; quick when both exist
    serve     start an Ironic on a copy of the seeded database, print one line of JSON that says where it is, and stop
              it again on SIGTERM, SIGINT, or when standard input closes (so it never outlives the one who started it)
    stored    print the properties of a target as they are in a running Ironic's database, secrets included: the API
              only ever shows stars in their place
    cleanup   stop whatever an owner that died left running

Progress goes to standard error; standard output carries only what the others report, as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

import configuration
import seed
import server
from configuration import Options
from environment import Environment, SetupError, cache_folder, exclusive, installed


def prepare() -> tuple[Environment, Path]:
    """Returns the environment and the seeded database, making what is missing."""
    environment = installed()
    digest = hashlib.sha256(environment.key.encode())
    for source in (seed.NODES, Path(seed.__file__), Path(configuration.__file__)):
        digest.update(source.read_bytes())
    database = cache_folder() / f"seeded-{digest.hexdigest()[:16]}.sqlite"
    with exclusive("seed"):
        if not database.exists():
            started = time.monotonic()
            # Seeding reads one record at a time, so pages of any size do; nothing is held locked.
            with server.running(environment, Options(max_limit=1000)) as ironic:
                counts = seed.seed(ironic.client)
                unfinished = database.with_suffix(".part")
                _copy_at_rest(ironic.folder / "ironic.sqlite", unfinished)
            os.replace(unfinished, database)
            made = ", ".join(f"{count} {name}" for name, count in counts.items())
            print(f"ironic: seeded {made} in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return environment, database


def _copy_at_rest(source: Path, target: Path) -> None:
    # SQLite's own copy sees a consistent state even while Ironic still has the file open.
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as reading, sqlite3.connect(target) as writing:
        reading.backup(writing)


def serve(options: Options) -> None:
    """Runs an Ironic until it is told to stop."""
    for sent in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sent, _interrupt)
    environment, database = prepare()
    server.stop_orphans()
    with server.running(environment, options, database) as ironic:
        report = {"url": ironic.client.url, "pid": ironic.pid, "folder": str(ironic.folder)}
        if ironic.client.credentials:
            report["username"], report["password"] = ironic.client.credentials
        print(json.dumps(report), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            sys.stdin.buffer.read()


def stored(folder: Path, target: str) -> str:
    """The properties of a target in the database of the Ironic that runs in `folder`, as JSON text."""
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'ironic.sqlite'}?mode=ro", uri=True)) as database:
        row = database.execute("SELECT properties FROM volume_targets WHERE uuid = ?", (target,)).fetchone()
    if row is None:
        raise SetupError(f"{folder} has no volume target {target}")
    return row[0]


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Reads the command line and runs its command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python3 tests/ironic", description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("prepare", help="install Ironic and keep a seeded database")
    serving = commands.add_parser("serve", help="run a seeded Ironic until standard input closes")
    serving.add_argument("--auth", choices=("noauth", "http_basic"), default="noauth")
    serving.add_argument("--max-limit", type=int, default=7, help="largest page, in records (default 7)")
    serving.add_argument("--port", type=int, default=0, help="loopback port (default: a free one)")
    serving.add_argument(
        "--lock-seconds", type=int, default=8, help="how long setting a boot device holds a node locked (default 8)"
    )
    reading = commands.add_parser("stored", help="print the properties of a target as they are stored")
    reading.add_argument("folder", type=Path, help="what `serve` reported as its folder")
    reading.add_argument("target", help="UUID of the volume target")
    commands.add_parser("cleanup", help="stop what a dead owner left running")
    arguments = parser.parse_args()
    try:
        if arguments.command == "prepare":
            prepare()
        elif arguments.command == "serve":
            serve(Options(arguments.auth, arguments.max_limit, arguments.lock_seconds, arguments.port))
        elif arguments.command == "stored":
            print(stored(arguments.folder, arguments.target))
        else:
            print(json.dumps({"stopped": server.stop_orphans()}))
    except SetupError as error:
        print(f"ironic: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
