"""Dangerous operations: what the box asks to have approved, and the three ways in which the client answers."""

from __future__ import annotations

import builtins

import pytest
from capacity import GB
from infinisdk.core.exceptions import CommandNotApproved

from refusals import refused

OPERATIONS = {
    "delete a volume": (lambda m: m["volume"].delete(), "volume"),
    "restore a volume": (lambda m: m["volume"].restore(m["snapshot"]), "volume"),
    "refresh a snapshot": (lambda m: m["snapshot"].refresh_snapshot(), "snapshot"),
    "delete a snapshot": (lambda m: m["snapshot"].delete(), "snapshot"),
    "unmap a volume": (lambda m: m["host"].unmap_volume(m["mapped"]), "mapped"),
    "map a volume a second time": (lambda m: m["other_host"].map_volume(m["mapped"]), "mapped"),
    "disable an export": (lambda m: m["export"].disable(), "export"),
    "delete an export": (lambda m: m["export"].delete(), "export"),
    "delete a filesystem": (lambda m: m["filesystem"].delete(), "filesystem"),
    "lock a pool": (lambda m: m["empty"].lock(), "empty"),
    "delete a pool": (lambda m: m["empty"].delete(), "empty"),
    "change a host's optimization": (lambda m: m["host"].disable_optimized(), "host"),
}
"""Each with the record whose name the box's question must hold."""


@pytest.fixture(scope="module")
def made(box, pool):
    """A record of every kind, for operations that never get through."""
    volume = box.volumes.create(pool=pool, name="precious", size=GB)
    mapped = box.volumes.create(pool=pool, name="in-use", size=GB)
    host, other_host = box.hosts.create(name="host-a"), box.hosts.create(name="host-b")
    host.map_volume(mapped)
    filesystem = box.filesystems.create(pool=pool, name="unexported", size=GB)
    exported = box.filesystems.create(pool=pool, name="exported", size=GB)
    return {
        "volume": volume,
        "snapshot": volume.create_snapshot(name="precious-snap"),
        "mapped": mapped,
        "host": host,
        "other_host": other_host,
        "filesystem": filesystem,
        "export": exported.add_export(export_path="/precious"),
        "empty": box.pools.create(name="empty-pool"),
    }


@pytest.fixture
def interactive(connect):
    """A client that asks a person."""
    system = connect()
    system.login()
    system.api.set_interactive_approval()
    return system


@pytest.mark.parametrize("name", OPERATIONS)
def test_without_approval_nothing_happens(box, made, name):
    operate, about = OPERATIONS[name]
    record = made[about]
    before = record.get_fields()
    with box.api.get_unapproved_context(), refused(403, "APPROVAL_REQUIRED") as caught:
        operate(made)
    text = record.get_export_path() if about == "export" else record.get_name()
    assert text in caught.value.message
    assert record.get_fields() == before


def test_what_would_be_refused_anyway_is_not_asked_about(box, pool, made):
    with box.api.get_unapproved_context():
        with refused(409, "POOL_NOT_EMPTY"):
            pool.delete()
        with refused(409, "VOLUME_IS_MAPPED"):
            made["mapped"].delete()
        with refused(404, "VOLUME_NOT_FOUND"):
            box.volumes.get_by_id_lazy(999_999).delete()


def test_ordinary_operations_need_no_approval(box, pool):
    with box.api.get_unapproved_context():
        volume = box.volumes.create(pool=pool, size=GB)
        volume.resize(GB)
        volume.create_snapshot()
        host = box.hosts.create()
        host.map_volume(volume)
        host.update_name("no-questions-asked")


def test_the_person_says_yes(interactive, pool, monkeypatch, sent):
    asked: list[str] = []
    monkeypatch.setattr(builtins, "input", lambda text: asked.append(text) or "y")
    volume = interactive.volumes.create(pool=interactive.pools.get(name=pool.get_name()), name="asked-for", size=GB)
    assert asked == []
    sent.clear()
    volume.delete()
    [question] = asked
    assert "asked-for" in question and question.endswith("Approve? [y/N] ")
    path = f"volumes/{volume.id}"
    assert sent == [f"DELETE {path}", f"DELETE {path}?approved=true"]
    assert not volume.is_in_system()


def test_the_person_says_no(interactive, made, monkeypatch, sent):
    monkeypatch.setattr(builtins, "input", lambda text: "n")
    volume = interactive.volumes.get(name="precious")
    sent.clear()
    with pytest.raises(CommandNotApproved) as caught:
        volume.delete()
    assert caught.value.error_code == "APPROVAL_REQUIRED" and "precious" in caught.value.reason
    assert sent == [f"DELETE volumes/{volume.id}"]
    assert volume.is_in_system()


def test_approved_it_happens(made, box):
    """Last of all: by default the client approves everything."""
    made["host"].unmap_volume(made["mapped"])
    for name in ("mapped", "snapshot", "volume", "export", "filesystem", "host", "empty"):
        made[name].delete()
        assert not made[name].is_in_system(), name
    assert box.volumes.safe_get(name="precious") is None
