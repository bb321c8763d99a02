"""Users and their passwords, as the collection manages them."""

from __future__ import annotations

import pytest

OBJECTS = "/ConfigurationManager/simple/v1/objects"
FIRST, SECOND = "Correct-Horse-7", "Another-Horse-8"


@pytest.fixture
def shown(simulator):
    """What the cluster itself says of a user, by the id."""
    return lambda user_id: simulator.ask("GET", f"{OBJECTS}/users/{user_id}")


def named(said: dict, user_id: str) -> dict:
    [user] = [user for user in said["ansible_facts"]["users"] if user["user_id"] == user_id]
    return user


def test_signing_in(run):
    assert run("user_facts")["ansible_facts"]["users"]
    refused = run("user_facts", password="not-the-password")
    assert refused["failed"] and "authentication failed" in refused["msg"]
    # Who may not manage users hears so; who has to change the password first is not let in.
    assert "not" in run("user_facts", user="watch-wall")["msg"]
    assert run("user_facts", user="newcomer")["failed"]


def test_listed_and_read(run, simulator):
    said = run("user_facts")
    ids = [user["user_id"] for user in said["ansible_facts"]["users"]]
    assert ids == [user["userId"] for user in simulator.ask("GET", f"{OBJECTS}/users").json["data"]]
    admin = named(said, "admin")
    assert admin["is_built_in"] and admin["vps_id"] == "(system)" and "Security" in admin["role_names"]
    assert admin["privileges"] == [{"scope": "system", "role_names": admin["role_names"]}]
    of_system = run("user_facts", spec={"vps_id": "system"})["ansible_facts"]["users"]
    assert 0 < len(of_system) < len(ids)
    one = run("user_facts", spec={"id": "watch-wall"})["ansible_facts"]["users"]
    assert (one["user_id"], one["role_names"]) == ("watch-wall", ["Monitor"])


def test_from_creating_to_deleting(run, shown):
    # The collection asks for sign-in at the console unless told otherwise, which needs one of two roles.
    spec = {"id": "shift-lead", "password": FIRST, "user_group_ids": ["MonitorUsers"]}
    refused = run("user", state="present", spec=spec)
    assert refused["failed"] and "isEnabledConsoleLogin" in refused["msg"]
    made = run("user", state="present", spec=spec | {"is_enabled_console_login": False})
    assert made["changed"] and made["users"]["user_groups"][0]["user_group_id"] == "MonitorUsers"
    assert shown("shift-lead").json["isEnabled"] is True

    disabled = run("user", state="present", spec={"id": "shift-lead", "is_enabled": False})
    assert disabled["changed"] and shown("shift-lead").json["isEnabled"] is False
    again = run("user", state="present", spec={"id": "shift-lead", "is_enabled": False})
    assert not again["changed"]
    run("user", state="present", spec={"id": "shift-lead", "is_enabled": True})

    added = run("user", state="add_user_group", spec={"id": "shift-lead", "user_group_ids": ["NightShift"]})
    assert added["changed"] and len(shown("shift-lead").json["userGroups"]) == 2
    removed = run("user", state="remove_user_group", spec={"id": "shift-lead", "user_group_ids": ["MonitorUsers"]})
    assert removed["changed"] and [group["user_group_id"] for group in removed["users"]["user_groups"]] == ["NightShift"]

    deleted = run("user", state="absent", spec={"id": "shift-lead"})
    assert deleted["changed"] and shown("shift-lead").status == 404
    absent = run("user", state="absent", spec={"id": "shift-lead"})
    assert not absent["changed"] and "not found" in absent["comments"]


def test_passwords(run, simulator):
    spec = {"id": "key-holder", "password": FIRST, "user_group_ids": ["SecurityAdministrators"]}
    assert run("user", state="present", spec=spec)["users"]["is_enabled_console_login"] is True
    # A new user's first request is the change of the password that somebody else gave.
    assert run("user_facts", user="key-holder", password=FIRST)["failed"]
    change = {"id": "key-holder", "current_password": FIRST, "new_password": SECOND}
    assert run("user", state="update", spec=change)["changed"]
    assert run("user_facts", user="key-holder", password=SECOND)["ansible_facts"]["users"]
    assert run("user_facts", user="key-holder", password=FIRST)["failed"]
    wrong = run("user", state="update", spec=change)
    assert wrong["failed"] and "authentication failed" in wrong["msg"]
    reset = run("user", state="present", spec={"id": "key-holder", "password": FIRST})
    assert reset["changed"] and run("user_facts", user="key-holder", password=SECOND)["failed"]
    assert run("user", state="absent", spec={"id": "key-holder"})["changed"]


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({"id": "late-comer", "password": "x", "user_group_ids": ["MonitorUsers"]}, "password"),
        ({"id": "late-comer", "password": FIRST, "user_group_ids": ["NoSuchGroup"]}, "NoSuchGroup"),
        ({"id": "late-comer", "password": FIRST, "user_group_ids": ["MonitorUsers", "TenantStorage"]}, "VPS"),
        ({"id": "late-comer", "password": FIRST}, "userGroupIds"),
    ],
)
def test_refused(run, shown, spec, why):
    refused = run("user", state="present", spec=spec | {"is_enabled_console_login": False})
    assert refused["failed"] and why in refused["msg"]
    assert shown("late-comer").status == 404


def test_the_built_in_user_stays(run, shown):
    kept = run("user", state="absent", spec={"id": "admin"})
    assert not kept["changed"] and "built-in" in kept["comments"]
    assert shown("admin").status == 200
