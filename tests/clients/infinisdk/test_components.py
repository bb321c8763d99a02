"""The hardware, which the client builds as one tree from one answer."""

from __future__ import annotations

import pytest

PARTS = {
    "nodes": 3,
    "enclosures": 8,
    "drives": 480,
    "local_drives": 9,
    "eth_ports": 18,
    "fc_ports": 24,
    "ib_ports": 6,
}


@pytest.mark.parametrize("name", PARTS)
def test_the_client_finds_every_part(box, name):
    parts = getattr(box.components, name).to_list()
    assert len(parts) == len({part.id for part in parts}) == PARTS[name]
    assert parts[0].get_fields()


def test_the_tree_is_read_at_once(connect, sent):
    box = connect()
    box.login()
    sent.clear()
    nodes = box.components.nodes.to_list()
    assert sent == ["GET components?fields=rack%2Cnodes%2Cups%2Cpdus"]
    with box.components.racks.fetch_tree_once_context(with_logging=False):
        sent.clear()
        assert [port.get_node() for port in box.components.fc_ports][::8] == nodes
        assert sent == []


def test_states(box):
    assert all(node.is_active() for node in box.components.nodes)
    states = {drive.get_state() for drive in box.components.drives.find(enclosure_index=1)}
    assert "ACTIVE" in states
    up = box.components.fc_ports.get_online_target_addresses()
    assert 0 < len(up) <= PARTS["fc_ports"]
