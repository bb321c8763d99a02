"""Fixtures of the tests: simulated boxes, and the vendor's client connected to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import gossip
import pytest
from capacity import TB
from infinisdk import InfiniBox
from infinisdk.core.config import config

from simulator import PASSWORD, USER, Simulator, running

Connect = Callable[..., InfiniBox]
"""Makes a client of its own, not signed in yet: `connect(user, password)`, the administrator where nothing is named."""


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_a_person() -> None:
    """Keeps the client from reading credentials of whoever runs the tests."""
    config.root.ini_file_path = "/dev/null"


@pytest.fixture(scope="module")
def simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A box in its first state, one for each test file; a file names the number of its volumes as `RECORDS`."""
    with running("infinibox", "--records", str(getattr(request.module, "RECORDS", 40))) as started:
        yield started


@pytest.fixture(scope="module")
def connect(simulator: Simulator) -> Connect:
    """Makes clients for the file's box."""

    def make(user: str = USER, password: str = PASSWORD) -> InfiniBox:
        system = InfiniBox((simulator.host, simulator.port), auth=(user, password), use_ssl=False)
        # What is asserted shall come from the box, not from the client's memory of its own requests.
        system.disable_caching()
        return system

    return make


@pytest.fixture(scope="module")
def box(connect: Connect) -> InfiniBox:
    """The file's box as the administrator sees it, signed in."""
    system = connect()
    system.login()
    return system


@pytest.fixture(scope="module")
def pool(box: InfiniBox):
    """A pool of the file's own."""
    return box.pools.create(name="sdk-pool", capacity=100 * TB)


@pytest.fixture
def sent() -> Iterator[list[str]]:
    """The requests that the client sends from now on to the end of the test, each as `METHOD path?query`."""
    lines: list[str] = []

    def note(request, **_rest) -> None:
        lines.append(f"{request.method} {request.path_url.removeprefix('/api/rest/')}")

    token = object()
    gossip.register(note, "infinidat.sdk.before_api_request", token=token)
    yield lines
    gossip.unregister_token(token)
