"""The few calls of Ironic's API that starting and seeding need."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

# Node creation with a storage interface, and volume records, have been stable since long before this.
API_VERSION = "1.90"


@dataclass(frozen=True)
class Client:
    """Speaks to one Ironic; `credentials` is a name and password for HTTP Basic."""

    url: str
    credentials: tuple[str, str] | None = None

    def call(self, method: str, path: str, body: Any = None, timeout: float = 60) -> Any:
        """Sends one request and returns the decoded answer (None where it is empty).

        Raises urllib.error.HTTPError for an answer of 400 or more.
        """
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("X-OpenStack-Ironic-API-Version", API_VERSION)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        if self.credentials:
            token = base64.b64encode(":".join(self.credentials).encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def answers(self) -> bool:
        """Whether the API answers at all; the version document needs no sign-in."""
        try:
            self.call("GET", "/", timeout=2)
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
