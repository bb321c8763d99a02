"""Signing in: what the client asks first, sessions by cookie, and who is turned away."""

from __future__ import annotations

import pytest
from infinisdk.core.exceptions import APITransportFailure

from refusals import refused


def test_what_the_client_asks_before_anything_else(connect, sent):
    box = connect()
    box.login()
    assert set(sent[:2]) == {"GET _features", "GET system?fields=version"}
    assert sent[-2:] == ["POST users/login?approved=true", "GET system"]
    assert box.is_logged_in()
    assert (box.get_name(), box.get_version()) == ("box-north", "8.4.6")
    assert not box.is_mock() and not box.is_simulator()


def test_after_that_a_cookie_is_enough(connect):
    box = connect()
    answer = box.login()
    assert answer.get_result() == {"user_objects": None, "name": "admin", "roles": ["ADMIN"]}
    assert box.api.get_cookie("JSESSIONID")
    listed = box.api.get("pools")
    assert "authorization" not in listed.response.request.headers
    assert "JSESSIONID=" in listed.response.request.headers["cookie"]


def test_a_wrong_password_is_refused(connect):
    box = connect()
    box.login()
    with refused(403, "BAD_USER"):
        box.api.set_auth("admin", "not-the-password")
    assert not box.is_logged_in()
    stranger = connect("nobody", "nothing")
    with refused(401, "AUTHENTICATION_REQUIRED"):
        stranger.login()


def test_a_session_that_ended_is_renewed_once(connect, sent):
    box = connect()
    box.login()
    credentials = box.api.save_credentials()
    for cookie in credentials:
        cookie.value = "0"
    box.api.load_credentials(credentials)
    sent.clear()
    assert len(box.pools.find()) > 0
    assert sent == ["GET pools", "POST users/login?approved=true", "GET system", "GET pools"]
    box.api.load_credentials(credentials)
    with box.api.disabled_login_refresh_context(), refused(401, "AUTHENTICATION_REQUIRED"):
        box.pools.find().to_list()


def test_signing_out_ends_the_session(connect):
    box = connect()
    box.login()
    credentials = box.api.save_credentials()
    answer = box.logout().get_result()
    assert (answer["name"], answer["roles"]) == ("admin", ["ADMIN"])
    assert not box.is_logged_in()
    with refused(401, "AUTHENTICATION_REQUIRED"):
        box.pools.find().to_list()
    # The old cookie is worth nothing, however it was kept.
    box.api.load_credentials(credentials)
    with box.api.disabled_login_refresh_context(), refused(401, "AUTHENTICATION_REQUIRED"):
        box.pools.find().to_list()


def test_two_users_in_turn(box, connect):
    assert box.current_user.get_roles() == ["ADMIN"]
    with box.api.get_auth_context("viewer", "boxdeck-demo"):
        assert box.current_user.get_roles() == ["READ_ONLY"]
    assert box.api.get("users/roles").get_result()
    assert connect("pool-admin").current_user.get_roles() == ["POOL_ADMIN"]


@pytest.mark.parametrize("name", ["box-of-the-sdk", "box-north"])
def test_the_box_is_renamed(box, name):
    box.update_name(name)
    assert box.api.get("system/name").get_result() == name


def test_what_the_box_says_of_itself(box):
    assert box.is_active() and box.get_state() == "ACTIVE"
    assert not box.is_read_only()
    assert isinstance(box.get_serial(), int)
    assert box.get_entity_counts().pools == len(box.pools.find())
    assert box.capacities.get_total_virtual_capacity() > box.capacities.get_free_virtual_capacity()
    for supported in (box.filesystems, box.qos_policies, box.host_clusters, box.initiators, box.snapshot_policies):
        assert supported.is_supported(), supported


def test_nothing_listens_elsewhere(simulator, connect):
    assert simulator.host == "127.0.0.1"
    box = connect()
    box.api._urls = [box.api.url.with_port(1)]
    with pytest.raises(APITransportFailure):
        box.login()
