"""Groups, users, passwords, keys and rating plans, from creating to deleting."""

from __future__ import annotations

import json

import pytest

GOOD_PASSWORD = "Correct-Horse-7"
LISTED = {"userType": "all", "userStatus": "all"}


@pytest.fixture(scope="module")
def group(client) -> str:
    """A group of the file's own."""
    assert client.group_add({"groupId": "sdk", "groupName": "Clients"}).startswith("1 ")
    return "sdk"


@pytest.fixture
def user(client, group, request) -> dict[str, str]:
    """A user of the test's own, as the client names one."""
    name = {"userId": request.node.name.removeprefix("test_").replace("_", "-"), "groupId": group}
    assert client.user_add(name | {"userType": "User", "fullName": "Robin Ekman"}).startswith("1 ")
    return name


def refused(client, call, arguments, answers, status: int) -> None:
    """Expects a status that the client cannot report: it fails while it makes up the sentence."""
    with pytest.raises(UnboundLocalError):
        getattr(client, call)(arguments)
    assert answers[-1][1] == status


class TestGroups:
    """What holds users."""

    def test_from_creating_to_deleting(self, client, simulator, answers):
        assert client.group_add({"groupId": "short-lived", "groupName": "Not for long"}) == "1 group add operations succeeded."
        assert client.group_list(groupId="short-lived")["groupName"] == "Not for long"
        assert "short-lived" in [group["groupId"] for group in client.groups_list()]
        refused(client, "group_add", {"groupId": "short-lived"}, answers, 409)
        refused(client, "group_add", {"groupId": "not allowed"}, answers, 400)
        assert client.group_delete({"groupId": "short-lived"}) == "1 group delete operations succeeded."
        assert client.group_list({"groupId": "short-lived"}) == {}
        refused(client, "group_delete", {"groupId": "short-lived"}, answers, 400)
        assert simulator.ask("GET", "/group?groupId=short-lived").status == 204

    def test_switching_off_forgets_what_is_not_sent(self, client, simulator):
        client.group_add({"groupId": "switched", "groupName": "On and off"})
        shown = lambda: simulator.ask("GET", "/group?groupId=switched").json  # noqa: E731
        # The client writes the word in capitals, and sends nothing else: the name is gone.
        assert client.group_deactivate({"groupId": "switched"}) == "The group(switched) has been deactivated."
        assert (shown()["active"], shown()["groupName"]) == ("false", "")
        assert client.group_activate({"groupId": "switched"}) == "The group(switched) has been activated."
        assert shown()["active"] == "true"
        assert client.group_deactivate({"groupId": "no-such-group"}) == ""

    def test_a_group_with_users_stays(self, client, simulator, answers):
        refused(client, "group_delete", {"groupId": "QA"}, answers, 409)
        assert simulator.ask("GET", "/group?groupId=QA").status == 200


class TestUsers:
    """Accounts."""

    def test_created_and_read(self, client, simulator, user, answers):
        read = client.user_list(dict(user))
        assert (read["fullName"], read["userType"], read["active"]) == ("Robin Ekman", "User", "true")
        assert len(read["canonicalUserId"]) == 32
        assert simulator.ask("GET", f"/user?userId={user['userId']}&groupId=sdk").json == read
        refused(client, "user_add", user | {"userType": "User"}, answers, 409)
        refused(client, "user_add", {"userId": "x", "groupId": "no-such-group", "userType": "User"}, answers, 400)
        refused(client, "user_add", {"userId": "x", "groupId": "sdk", "userType": "Wizard"}, answers, 400)
        assert client.user_list({"userId": "nobody", "groupId": "sdk"}) == {}
        assert answers[-1] == ("GET /user", 204)

    def test_lists_and_their_pages(self, client, answers):
        everybody = client.users_list({"groupId": "Engineering"} | LISTED)
        ids = [row["userId"] for row in everybody]
        assert ids == sorted(ids) and len(ids) > 10
        # One more than asked for tells that there is another page, which begins with it.
        page = [row["userId"] for row in client.users_list({"groupId": "Engineering", "limit": "4"} | LISTED)]
        assert page == ids[:5]
        page = client.users_list({"groupId": "Engineering", "limit": "4", "offset": page[-1]} | LISTED)
        assert [row["userId"] for row in page] == ids[4:9]
        found = client.users_list({"groupId": "Engineering", "prefix": ids[0][:3]} | LISTED)
        assert [row["userId"] for row in found] == [name for name in ids if name.startswith(ids[0][:3])]
        admins = client.users_list({"groupId": "Engineering", "userType": "admin", "userStatus": "active"})
        assert {row["userType"] for row in admins} == {"GroupAdmin"}
        assert client.users_list({"groupId": "Engineering", "userType": "User", "userStatus": "active"}) == []
        assert answers[-1][1] == 400
        # A list without rows has no body at all, and the client takes every 200 for JSON.
        for empty in ("Interns", "no-such-group"):
            with pytest.raises(json.JSONDecodeError):
                client.users_list({"groupId": empty} | LISTED)
            assert answers[-1][1] == 200

    def test_switched_off_and_deleted(self, client, simulator, user):
        shown = lambda: simulator.ask("GET", f"/user?userId={user['userId']}&groupId=sdk").json  # noqa: E731
        assert client.user_delete(dict(user)) == "0 user delete operations succeeded."
        assert client.user_deactivate(dict(user)).endswith("has been deactivated.")
        assert (shown()["active"], shown()["fullName"]) == ("false", "")
        assert client.user_activate(dict(user)).endswith("has been activated.")
        assert shown()["active"] == "true"
        client.user_deactivate(dict(user))
        assert client.user_delete(dict(user)) == "1 user delete operations succeeded."
        listed = simulator.ask("GET", "/user/list?groupId=sdk&userType=all&userStatus=all").text
        assert user["userId"] not in listed

    def test_passwords(self, client, simulator, user, answers):
        assert client.userpasswd_set(user | {"password": GOOD_PASSWORD}).startswith("1 ")
        verify = f"/user/password/verify?userId={user['userId']}&groupId=sdk&password="
        assert simulator.ask("GET", verify + GOOD_PASSWORD).text == "valid"
        assert simulator.ask("GET", verify + "Wrong-Horse-7").text == "invalid"
        refused(client, "userpasswd_set", user | {"password": "weak"}, answers, 400)
        # That nobody of the name is there is a success of its own kind.
        refused(client, "userpasswd_set", {"userId": "nobody", "groupId": "sdk", "password": GOOD_PASSWORD}, answers, 204)


class TestKeys:
    """Pairs of keys for S3."""

    def test_from_creating_to_the_cap(self, client, simulator, user, answers):
        assert client.s3credentials_all_list(dict(user)) == [] and answers[-1][1] == 204
        made = client.s3credential_add(dict(user))
        assert (len(made["accessKey"]), len(made["secretKey"]), made["active"]) == (20, 40, True)
        assert client.secretkey_list({"accessKey": made["accessKey"]}) == made["secretKey"]
        key, secret = "0123456789abcdef0123", "s" * 40
        assert client.s3credential_import(user | {"accessKey": key, "secretKey": secret}).endswith("imported.")
        assert client.s3credential_import(user | {"accessKey": key, "secretKey": secret}).endswith("already exists.")
        assert simulator.ask("GET", f"/user/credentials?accessKey={key}").json["secretKey"] == secret
        assert {pair["accessKey"] for pair in client.s3credentials_all_list(dict(user))} == {made["accessKey"], key}
        while client.s3credential_add(dict(user)) != "Reached maximum number of credentials allowed.":
            assert len(client.s3credentials_all_list(dict(user))) < 20
        assert client.s3credential_add({"userId": "nobody", "groupId": "sdk"}) == "The user(nobody) does not exist."

    def test_switched_off(self, client, simulator, user):
        key = client.s3credential_add(dict(user))["accessKey"]
        assert client.accesskey_deactivate({"accessKey": key}).endswith("has been deactivated.")
        assert client.s3credentials_active_list(dict(user)) == []
        assert simulator.ask("GET", f"/user/credentials?accessKey={key}").json["active"] is False
        assert client.accesskey_activate({"accessKey": key}).endswith("has been activated.")
        assert [pair["accessKey"] for pair in client.s3credentials_active_list(dict(user))] == [key]
        assert client.accesskey_activate({"accessKey": "none"}) == "The access key(none) is invalid."
        assert client.secretkey_list({"accessKey": "none"}).endswith("could not be found.")


class TestPlansAndLimits:
    """Rating plans and limits."""

    def test_rating_plans(self, client, simulator, group, user):
        assert client.user_ratingplanid_list(dict(user)) == ""
        assert client.user_ratingplan_list(dict(user))["id"] == "Default-RP"
        assert client.user_ratingplanid_set(user | {"ratingPlanId": "Default-RP"}) != ""
        assert client.user_ratingplanid_list(dict(user)) == "Default-RP"
        assert client.group_ratingplanid_set({"groupId": group, "ratingPlanId": "Default-RP"}) != ""
        assert simulator.ask("GET", f"/group/ratingPlanId?groupId={group}").text == "Default-RP"
        assert client.group_ratingplanid_set({"groupId": group, "ratingPlanId": "no-such-plan"}) == ""
        assert client.group_ratingplanid_list({"groupId": group}) == "Default-RP"

    def test_limits(self, client, simulator, user, answers):
        # The client sends the eight names of a release before this one; the box has ten, and asks for all of them.
        assert client.qos_set(dict(user)) == "" and answers[-1] == ("POST /qos/limits", 404)
        names = ["StorageQuotaKBytes", "StorageQuotaCount", "RequestRate", "DataKBytesIn", "DataKBytesOut"]
        ten = "&".join(f"{level}{name}={place + 1}" for place, name in enumerate(names) for level in ("wl", "hl"))
        who = f"userId={user['userId']}&groupId=sdk"
        assert simulator.ask("POST", f"/qos/limits?{who}&{ten}").status == 200
        limits = client.qos_list(dict(user))
        assert sorted(limit["value"] for limit in limits["qosLimitList"]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
        assert client.qos_unset(dict(user)).startswith("The QoS was unset")
        assert {limit["value"] for limit in client.qos_list(dict(user))["qosLimitList"]} == {-1}
        assert client.qos_unset({"userId": "ALL", "groupId": "*"}) == ""
