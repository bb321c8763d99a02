"""Fixtures of the tests: a simulated IBM Backup and Recovery, and the client of the engine's vendor connected to it."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from cohesity_sdk.cluster.api_client import ApiClient
from cohesity_sdk.cluster.configuration import Configuration

from simulator import ANSWER_SECONDS, PASSWORD, Answer, Simulator, running

TENANT = "bx7deck042/"
"""The tenant of the simulated service."""

Connect = Callable[..., ApiClient]
"""Makes a client of its own: `connect(key, tenant)`, the administrator's where nothing is named."""


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """A service in its first state, one for each test file."""
    with running("ibm-backup") as started:
        yield started


@pytest.fixture(scope="module")
def token(simulator: Simulator) -> Callable[[str], str]:
    """Changes an API key into a token at the service's IAM, which the client knows nothing of."""

    def change(key: str) -> str:
        grant = {"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": key}
        form = urllib.parse.urlencode(grant).encode()
        with urllib.request.urlopen(f"{simulator.url}/identity/token", form, ANSWER_SECONDS) as answer:
            return json.load(answer)["access_token"]

    return change


@pytest.fixture(scope="module")
def connect(simulator: Simulator, token: Callable[[str], str]) -> Connect:
    """Makes clients for the file's service, with the two headers that IBM's own clients send."""

    def make(key: str = PASSWORD, tenant: str | None = TENANT) -> ApiClient:
        settings = Configuration(host=f"{simulator.url}/v2")
        settings.api_key["Bearer"] = f"Bearer {token(key)}"
        client = ApiClient(settings)
        if tenant is not None:
            client.set_default_header("X-IBM-Tenant-Id", tenant)
        return client

    return make


@pytest.fixture(scope="module")
def client(connect: Connect) -> ApiClient:
    """The administrator's client."""
    return connect()


@pytest.fixture(scope="module")
def shown(simulator: Simulator, token: Callable[[str], str]) -> Callable[[str], Answer]:
    """What the service says at a path below `/v2/data-protect/`, without the client's help."""
    headers = {"Authorization": f"Bearer {token(PASSWORD)}", "X-IBM-Tenant-Id": TENANT}
    return lambda path: simulator.ask("GET", f"/v2/data-protect/{path}", headers=headers)
