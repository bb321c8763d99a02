"""Expecting the service to refuse something."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

import pytest
from cohesity_sdk.cluster.exceptions import ApiException


@contextlib.contextmanager
def refused(status: int, code: str, words: str = "") -> Iterator[None]:
    """Fails the test unless the service refuses with this status and code, in a sentence that has the words."""
    with pytest.raises(ApiException) as caught:
        yield
    body = json.loads(caught.value.body)
    assert (caught.value.status, body["errorCode"]) == (status, code), body
    assert words in body["message"] and body["taskLogId"]
