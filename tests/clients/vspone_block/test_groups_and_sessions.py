"""User groups and sessions, as the collection manages them, and what it leaves behind."""

from __future__ import annotations

import json

OBJECTS = "/ConfigurationManager/simple/v1/objects"


def test_groups_are_listed_and_read(run, simulator):
    groups = run("user_group_facts")["ansible_facts"]["user_groups"]
    assert [group["user_group_id"] for group in groups] == [
        group["userGroupId"] for group in simulator.ask("GET", f"{OBJECTS}/user-groups").json["data"]
    ]
    one = run("user_group_facts", spec={"id": "MonitorUsers"})["ansible_facts"]["user_groups"]
    assert one["is_built_in"] and "watch-wall" in [user["user_id"] for user in one["member_users"]]
    tenant = next(group["vps_id"] for group in groups if group["user_group_id"] == "TenantStorage")
    assert tenant != "(system)"


def test_a_group_from_creating_to_deleting(run, simulator):
    shown = lambda: simulator.ask("GET", f"{OBJECTS}/user-groups/Watchers")  # noqa: E731
    spec = {"id": "Watchers", "role_names": ["Monitor"], "scope": ["system"], "external_group_name": "watchers"}
    made = run("user_group", state="present", spec=spec)
    assert made["changed"] and made["user_groups"]["role_names"] == ["Monitor"]
    assert (shown().json["externalGroupName"], shown().json["vpsId"]) == ("watchers", "(system)")
    changed = run("user_group", state="present", spec={"id": "Watchers", "role_names": ["Monitor", "Service"]})
    assert changed["changed"] and shown().json["roleNames"] == ["Monitor", "Service"]

    member = {"id": "watch-wall", "user_group_ids": ["Watchers"]}
    run("user", state="add_user_group", spec=member)
    kept = run("user_group", state="absent", spec={"id": "Watchers"})
    assert not kept["changed"] and "1 users belong" in kept["comments"]
    run("user", state="remove_user_group", spec=member)
    assert run("user_group", state="absent", spec={"id": "Watchers"})["changed"]
    assert shown().status == 404


def test_groups_that_are_refused(run, simulator):
    # The collection takes a refusal for a comment here.
    refused = run("user_group", state="present", spec={"id": "Nonsense", "role_names": ["Wizard"]})
    assert "roleNames" in json.dumps(refused) and simulator.ask("GET", f"{OBJECTS}/user-groups/Nonsense").status == 404
    built_in = run("user_group", state="present", spec={"id": "MonitorUsers", "role_names": ["Monitor", "Service"]})
    assert "built-in" in json.dumps(built_in)
    assert simulator.ask("GET", f"{OBJECTS}/user-groups/MonitorUsers").json["roleNames"] == ["Monitor"]
    kept = run("user_group", state="absent", spec={"id": "MonitorUsers"})
    assert not kept["changed"] and "built-in" in kept["comments"]
    # Who only watches may not look at groups, let alone make one.
    assert run("user_group_facts", user="watch-wall")["failed"]


def test_sessions(run, simulator):
    assert run("session_facts")["ansible_facts"]["sessions"] == []
    made = run("session", spec={"alive_time": 100})["session"]
    assert made["userId"] == "admin" and len(made["token"]) >= 32
    [listed] = run("session_facts")["ansible_facts"]["sessions"]
    assert listed["session_id"] == made["sessionId"] and "token" not in listed
    with_token = {"Authorization": f"Session {made['token']}"}
    assert simulator.ask("GET", f"{OBJECTS}/users/self", headers=with_token).json["userId"] == "admin"
    assert run("session", state="absent", spec={"id": made["sessionId"]})["changed"]
    assert simulator.ask("GET", f"{OBJECTS}/users/self", headers=with_token).status == 401
    assert run("session", spec={"alive_time": 4000})["failed"]


def test_nobody_agreed_to_reports_of_use(run, home):
    assert "consent" in run("user_facts")["ansible_facts"]["user_consent_required"]
    assert not [file for file in home.rglob("*") if "consent" in file.name]
