"""A real OpenStack Ironic for the tests: `python3 tests/ironic COMMAND`.

    prepare   install Ironic and Keystone into the cache folder and keep a seeded database and a Keystone with its users
              there; quick when they exist
    serve     start an Ironic on a copy of the seeded database (and a Keystone with `--auth keystone`), print one line of
              JSON that says where they are, and stop them again on SIGTERM, SIGINT, or when standard input closes (so
              they never outlive the one who started them)
    stored    print the properties of a target as they are in a running Ironic's database, secrets included: the API
              only ever shows stars in their place
    cleanup   stop whatever an owner that died left running

Progress goes to standard error; standard output carries only what the others report, as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import configuration
import identity
import prepared
import processes
import server
from configuration import Options
from environment import SetupError


def serve(options: Options) -> None:
    """Runs an Ironic until it is told to stop."""
    for sent in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sent, _interrupt)
    ready = prepared.prepare()
    processes.stop_orphans()
    with contextlib.ExitStack() as running:
        report = {}
        if options.auth == "keystone":
            keystone = running.enter_context(identity.running(ready.environment, ready.keystone))
            options = replace(options, keystone=keystone.url)
            report |= {"keystone": keystone.url, "reader": identity.READER}
        ironic = running.enter_context(server.running(ready.environment, options, ready.database))
        if options.auth != "noauth":
            report |= {"username": configuration.USERNAME, "password": configuration.PASSWORD}
        report |= {"url": ironic.client.url, "pid": ironic.pid, "folder": str(ironic.folder)}
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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 tests/ironic", description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("prepare", help="install Ironic and keep a seeded database")
    serving = commands.add_parser("serve", help="run a seeded Ironic until standard input closes")
    serving.add_argument("--auth", choices=("noauth", "http_basic", "keystone"), default="noauth")
    serving.add_argument("--max-limit", type=int, default=7, help="largest page, in records (default 7)")
    serving.add_argument("--port", type=int, default=0, help="loopback port (default: a free one)")
    serving.add_argument(
        "--lock-seconds", type=int, default=8, help="how long setting a boot device holds a node locked (default 8)"
    )
    reading = commands.add_parser("stored", help="print the properties of a target as they are stored")
    reading.add_argument("folder", type=Path, help="what `serve` reported as its folder")
    reading.add_argument("target", help="UUID of the volume target")
    commands.add_parser("cleanup", help="stop what a dead owner left running")
    return parser.parse_args()


def main() -> int:
    """Runs the command of the command line; returns the exit status."""
    arguments = _arguments()
    try:
        if arguments.command == "prepare":
            prepared.prepare()
        elif arguments.command == "serve":
            serve(Options(arguments.auth, arguments.max_limit, arguments.lock_seconds, arguments.port))
        elif arguments.command == "stored":
            print(stored(arguments.folder, arguments.target))
        else:
            print(json.dumps({"stopped": processes.stop_orphans()}))
    except SetupError as error:
        print(f"ironic: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
