"""Speaks JSON over HTTP to Ironic and Keystone, as far as starting and seeding need it."""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

# Node creation with a storage interface, and volume records, have been stable since long before this.
API_VERSION = "1.90"


def basic(username: str, password: str) -> dict[str, str]:
    """The header of HTTP Basic."""
    token = base64.b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}


@dataclass(frozen=True)
class Answer:
    """A successful answer: its headers, and its body decoded (None where it is empty)."""

    headers: Message
    body: Any


@dataclass(frozen=True)
class Client:
    """Speaks to one service; `headers` say who is asking."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: Any = None, timeout: float = 60) -> Answer:
        """Sends one request.

        Raises urllib.error.HTTPError for an answer of 400 or more.
        """
        headers = {"X-OpenStack-Ironic-API-Version": API_VERSION, **self.headers}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            text = answer.read()
            return Answer(answer.headers, json.loads(text) if text else None)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Sends one request and returns the decoded body; raises as `send` does."""
        return self.send(method, path, body).body

    def answers(self, path: str = "/") -> bool:
        """Whether the service answers at all; its version documents need no sign-in."""
        try:
            self.send("GET", path, timeout=2)
        except OSError:
            return False
        return True

    def wait_for_node(self, node: str, seconds: float = 30, **wanted: Any) -> None:
        """Waits until the node's fields have the wanted values and nothing holds it locked."""
        deadline = time.monotonic() + seconds
        fields = ",".join([*wanted, "reservation"])
        while True:
            found = self.call("GET", f"/v1/nodes/{node}?fields={fields}")
            if found["reservation"] is None and all(found[key] == value for key, value in wanted.items()):
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"node {node} did not reach {wanted}; it is at {found}")
            time.sleep(0.05)
