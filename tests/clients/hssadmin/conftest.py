"""Fixtures of the tests: a simulated HyperStore, and hssadmin connected to it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import pytest
import requests

from simulator import PASSWORD, USER, Simulator, running

# The client was written before Python 3.9 took this name away; the function has long had the other one too.
base64.encodestring = base64.encodebytes

from hssadmin.adminclient import adminClient  # noqa: E402

Connect = Callable[..., adminClient]
"""Makes a client of its own: `connect(user, password)`, the administrator where nothing is named."""


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """A system in its first state, one for each test file."""
    with running("hyperstore", "--records", "60") as started:
        yield started


@pytest.fixture(scope="module")
def connect(simulator: Simulator) -> Connect:
    """Makes clients for the file's system."""

    def make(user: str = USER, password: str = PASSWORD) -> adminClient:
        return adminClient(f"{simulator.url}/", user=user, passwd=password)

    return make


@pytest.fixture(scope="module")
def client(connect: Connect) -> adminClient:
    """The administrator's client."""
    return connect()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The requests that the client sends from now on, each as `METHOD path` with the status that it met.

    The client tells many refusals apart by an empty answer only, and fails on others before it gets to say so.
    """
    lines: list[tuple[str, int]] = []
    send = requests.Session.send

    def noting(session: requests.Session, request: requests.PreparedRequest, **rest) -> requests.Response:
        response = send(session, request, **rest)
        lines.append((f"{request.method} {request.path_url.partition('?')[0]}", response.status_code))
        return response

    monkeypatch.setattr(requests.Session, "send", noting)
    return lines
