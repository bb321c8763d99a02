"""Signing in, and what the system says of itself."""

from __future__ import annotations

import datetime


def test_signing_in_is_a_header_of_every_request(client, connect, answers):
    assert client.sys_version().split()[1] == "Compiled:"
    assert connect("admin", "not-the-password").sys_version() is False
    assert connect("nobody").groups_list() is False
    assert answers == [("GET /system/version", 200), ("GET /system/version", 401), ("GET /group/list", 401)]


def test_the_licence_and_the_nodes(client, simulator):
    licence = client.license_info()
    assert licence["licenseHolder"] == simulator.ask("GET", "/system/license").json["licenseHolder"]
    # The client makes a date of the milliseconds.
    assert datetime.datetime.strptime(licence["expiration"], "%Y/%m/%d %H:%M:%S").year > 2000
    nodes = client.node_list()
    assert len(nodes) == len(set(nodes)) == 6
    summary = client.hss_info()
    assert (summary["nodes"], summary["license_expiration"]) == (nodes, licence["expiration"])


def test_what_is_measured(client, answers):
    of_node = {name: value for row in client.node_monitoring_data({"nodeId": "quay1"}) for name, value in row.items()}
    assert float(of_node["diskTotalKb"]["value"]) > float(of_node["diskUsedKb"]["value"]) > 0
    of_region = {name: value for row in client.region_monitoring_data() for name, value in row.items()}
    assert float(of_region["diskTotalKb"]["value"]) > float(of_node["diskTotalKb"]["value"])
    assert client.node_monitoring_data({"nodeId": "no-such-node"}) == []
    assert [status for _, status in answers] == [200, 200, 400]


def test_usage_of_a_group_and_of_a_user(client, answers):
    whole = {"groupId": "Engineering", "userId": "*", "operation": "SB", "granularity": "day"}
    rows = client.usagereport_list(dict(whole))
    assert len(rows) >= 6 and all(row["groupId"] == "Engineering" for row in rows)
    user = client.users_list({"groupId": "Engineering", "userType": "user", "userStatus": "active"})[0]["userId"]
    assert client.usagereport_list(whole | {"userId": user}) is not None
    # The client asks for a week where nobody names the times, and the raw rows go back a day only.
    assert client.usagereport_list(whole | {"granularity": "raw"}) == {}
    assert answers[0] == ("GET /usage", 200) and answers[-1] == ("GET /usage", 400)


def test_storage_policies_and_their_buckets(client):
    policies = {row["policyId"]: row["policyName"] for row in client.storpols_list()}
    [policy_id] = [policy_id for policy_id, name in policies.items() if name == "EC-4-2"]
    assert client.storpolid_list(policyName="EC-4-2") == policy_id
    assert client.storpolid_list(policyName="no-such-policy") is False
    buckets = client.storpol_usage(policyName="EC-4-2")
    assert buckets and client.storpol_usage(bucketName=buckets[0])["policyId"] == policy_id
    assert client.storpol_usage(policyName="no-such-policy") is False
    # Reading one policy by its id is a call that the documents mention without describing it: it isn't simulated.
    assert client.storpol_list({"policyId": policy_id}).endswith("does not exist.")
