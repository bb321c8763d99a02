"""Expecting the box to refuse something."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from infinisdk.core.exceptions import APICommandFailed


@contextlib.contextmanager
def refused(status: int, code: str) -> Iterator[pytest.ExceptionInfo[APICommandFailed]]:
    """Fails the test unless the box refuses with this status and code; the error has the box's `message`."""
    with pytest.raises(APICommandFailed) as caught:
        yield caught
    assert (caught.value.status_code, caught.value.error_code) == (status, code), caught.value.message
    assert caught.value.message not in ("", "?")
