"""Fills an Ironic with the nodes of `nodes.json` and their volume connectors and targets.

Everything goes through the public API, so what is seeded is what Ironic itself would have made. UUIDs are derived from
names: the same record has the same UUID in every run. A node's records are spread evenly among those of the others, so
a page of one node's records that loses its filter shows at once.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from client import Client

NODES = Path(__file__).with_name("nodes.json")
NAMESPACE = uuid.UUID("6a1d6c52-34a7-4a4f-9a5c-0d9f2f6c1b7e")
CONNECTOR_TYPES = ("iqn", "wwpn", "wwnn", "ip")
# Attached to several nodes at once, as a shared volume is.
SHARED_VOLUME = "shared-scratch"


def derived(name: str) -> str:
    """The UUID of the seeded thing called `name`."""
    return str(uuid.uuid5(NAMESPACE, name))


def seed(client: Client) -> dict[str, int]:
    """Creates nodes and records, brings the nodes into their states, and returns how many of each there are."""
    nodes = json.loads(NODES.read_text(encoding="utf-8"))
    for node in nodes:
        client.call("POST", "/v1/nodes", _node(node))
    counts = {"nodes": len(nodes), "connectors": 0, "targets": 0}
    for collection, body in (("connectors", _connector), ("targets", _target)):
        rounds = max(node[collection] for node in nodes)
        for current in range(rounds):
            for position, node in enumerate(nodes):
                place = current * node[collection] // rounds
                if place < (current + 1) * node[collection] // rounds:
                    client.call("POST", f"/v1/volume/{collection}", body(node["name"], position, place))
                    counts[collection] += 1
    # States come last: deployment looks at the records, and every transition runs in the background.
    for node in nodes:
        if node.get("provision") == "active":
            _deploy(client, derived(node["name"]))
    for node in nodes:
        if node["power"]:
            client.call("PUT", f"/v1/nodes/{derived(node['name'])}/states/power", {"target": node["power"]})
    for node in nodes:
        client.wait_for_node(derived(node["name"]), power_state=node["power"])
    return counts


def _node(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "uuid": derived(node["name"]),
        "name": node["name"],
        "driver": "fake-hardware",
        "storage_interface": "external",
        "properties": {"capabilities": "iscsi_boot:True"},
        "description": node["purpose"],
    }


def _deploy(client: Client, node: str) -> None:
    for target, state in (("manage", "manageable"), ("provide", "available"), ("active", "active")):
        client.call("PUT", f"/v1/nodes/{node}/states/provision", {"target": target})
        client.wait_for_node(node, provision_state=state)


def _connector(node: str, position: int, place: int) -> dict[str, Any]:
    kind = CONNECTOR_TYPES[place % len(CONNECTOR_TYPES)]
    identifiers = {
        "iqn": f"iqn.2024-05.test.boxdeck:{node}:{place}",
        "wwpn": f"52:4a:93:70:00:00:{position:02x}:{place:02x}",
        "wwnn": f"52:4a:93:7f:00:00:{position:02x}:{place:02x}",
        "ip": f"192.0.2.{position * 10 + place + 1}",
    }
    body: dict[str, Any] = {
        "uuid": derived(f"{node}/connector/{place}"),
        "node_uuid": derived(node),
        "type": kind,
        "connector_id": identifiers[kind],
    }
    if place == 0:
        body["extra"] = {"slot": position, "cabling": {"fabric": "A", "checked": True}}
    return body


def _target(node: str, position: int, place: int) -> dict[str, Any]:
    body: dict[str, Any] = {
        "uuid": derived(f"{node}/target/{place}"),
        "node_uuid": derived(node),
        "boot_index": place,
        "volume_id": SHARED_VOLUME if place == 1 else derived(f"{node}/volume/{place}"),
    }
    if place % 2 == 0:
        body["volume_type"] = "iscsi"
        body["properties"] = {
            "target_iqn": f"iqn.2024-05.test.boxdeck:volume-{position}-{place}",
            "target_portal": f"198.51.100.{position + 1}:3260",
            "target_lun": place,
            "auth_method": "CHAP",
            "auth_username": f"chap-{node}",
            "auth_password": f"secret of {node} {place}",
        }
    else:
        body["volume_type"] = "fibre_channel"
        body["properties"] = {"target_wwn": f"52:4a:93:7e:00:00:{position:02x}:{place:02x}", "target_lun": place}
    return body
