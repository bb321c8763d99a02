"""Users and roles, events, and what else stands against a request."""

from __future__ import annotations

import pytest
from capacity import GB, TB
from infinisdk import Q
from infinisdk.core.exceptions import MethodDisabled

from refusals import refused

GOOD_PASSWORD = "Correct-Horse-7"


class TestUsers:
    """Local users."""

    def test_from_creating_to_deleting(self, box, connect):
        # Without a role the client asks for `PoolAdmin`, and the box answers `POOL_ADMIN`.
        user = box.users.create(name="casey", password=GOOD_PASSWORD, email="casey@example.com")
        assert user.get_role() == "POOL_ADMIN" and user.is_enabled() and not user.is_builtin()
        user.update_email("casey@example.org")
        user.update_role("READ_ONLY")
        assert user.get_fields(["email", "roles"]) == {"email": "casey@example.org", "roles": ["READ_ONLY"]}
        mine = connect("casey", GOOD_PASSWORD)
        assert mine.current_user.get_roles() == ["READ_ONLY"]
        user.update_password("Another-Horse-8")
        with refused(401, "AUTHENTICATION_REQUIRED"):
            connect("casey", GOOD_PASSWORD).login()
        connect("casey", "Another-Horse-8").login()
        user.delete()
        assert not user.is_in_system()
        with refused(401, "AUTHENTICATION_REQUIRED"):
            connect("casey", "Another-Horse-8").login()

    def test_enabled_and_disabled_by_operations_of_their_own(self, box, connect):
        user = box.users.create(name="robin", password=GOOD_PASSWORD)
        # The client still changes the field, which this release refuses.
        with refused(400, "SET_MISSING_ATTRIBUTE"):
            user.disable()
        box.api.post(user.get_this_url_path().add_path("disable"))
        assert not user.is_enabled()
        with refused(401, "AUTHENTICATION_REQUIRED"):
            connect("robin", GOOD_PASSWORD).login()
        box.api.post(user.get_this_url_path().add_path("enable"))
        connect("robin", GOOD_PASSWORD).login()

    def test_passwords_keep_the_policy(self, box):
        [policy] = box.users.get_password_policy()
        assert (policy["min_length"], policy["max_length"]) == (8, 128)
        with refused(400, "USER_PASSWORD_DOES_NOT_COMPLY_WITH_POLICY"):
            box.users.create(name="weak", password="123456789")

    def test_built_in_users(self, box):
        builtin = {user.get_name() for user in box.users if user.is_builtin()}
        assert {"admin", "viewer", "pool-admin", "technician", "support"} == builtin
        with refused(409, "USER_CANNOT_BE_SELF_DELETED"):
            box.users.get(name="admin").delete()
        with refused(400, "NOT_FILTERABLE_FIELD"):
            box.users.find(role="ADMIN").to_list()


class TestRoles:
    """What roles may not do."""

    def test_a_viewer_changes_nothing(self, connect):
        viewer = connect("viewer")
        viewer.login()
        volume = viewer.volumes.choose(type="MASTER")
        for change in (
            lambda: viewer.pools.create(),
            lambda: viewer.volumes.create(pool=volume.get_pool(), size=GB),
            lambda: volume.update_name("by-the-viewer"),
            lambda: volume.create_snapshot(),
            lambda: volume.delete(),
            lambda: viewer.hosts.create(),
            lambda: viewer.users.create(password=GOOD_PASSWORD),
        ):
            with refused(403, "UNAUTHORIZED"):
                change()
        assert volume.is_in_system()

    def test_a_pool_administrator_keeps_to_his_pools(self, connect):
        admin = connect("pool-admin")
        admin.login()
        with refused(403, "UNAUTHORIZED"):
            admin.pools.create(capacity=TB)
        mine = {pool.id for pool in admin.current_user.get_owned_pools()}
        foreign = next(volume for volume in admin.volumes.find(type="MASTER") if volume.get_pool().id not in mine)
        with refused(403, "USER_IS_FORBIDDEN"):
            foreign.update_name("taken-over")

    def test_the_client_keeps_itself_from_writing(self, box, sent):
        with box.api.read_only_context(), pytest.raises(MethodDisabled):
            box.pools.create()
        assert sent == []


class TestConflicts:
    """Names that are taken, things that are not there."""

    def test_taken_names(self, box, pool):
        box.volumes.create(pool=pool, name="only-one", size=GB)
        with refused(409, "VOLUME_NAME_CONFLICT"):
            box.volumes.create(pool=pool, name="only-one", size=GB)
        with refused(409, "POOL_NAME_CONFLICT"):
            box.pools.create(name=pool.get_name(), capacity=TB)
        with refused(409, "USER_ALREADY_EXISTS"):
            box.users.create(name="viewer", password=GOOD_PASSWORD)
        with refused(409, "HOST_CLUSTER_NAME_CONFLICT"):
            box.host_clusters.create(name=box.host_clusters.choose().get_name())

    def test_absent_records(self, box):
        for binder, code in (
            (box.volumes, "VOLUME_NOT_FOUND"),
            (box.pools, "POOL_NOT_FOUND"),
            (box.filesystems, "FILESYSTEM_NOT_FOUND"),
            (box.hosts, "HOST_NOT_FOUND"),
            (box.host_clusters, "HOST_CLUSTER_NOT_FOUND"),
            (box.users, "USER_NOT_FOUND"),
            (box.exports, "EXPORT_NOT_FOUND"),
        ):
            absent = binder.get_by_id_lazy(999_999)
            with refused(404, code):
                absent.get_fields()
            assert not absent.is_in_system() and binder.safe_get_by_id(999_999) is None
        with refused(404, "POOL_NOT_FOUND"):
            box.volumes.create(pool_id=999_999, size=GB)
        with refused(404, "UNKNOWN_PATH"):
            box.api.get("no/such/path")

    def test_wrong_values(self, box, pool):
        with refused(400, "INVALID_NAME_LENGTH"):
            box.volumes.create(pool=pool, name="x" * 66, size=GB)
        with refused(400, "INVALID_CHARACTERS_IN_NAME"):
            box.volumes.create(pool=pool, name="*", size=GB)
        with refused(400, "UNSUPPORTED_FIELD"):
            box.volumes.create(pool=pool, size=GB, no_such_field=1)
        with refused(409, "POOL_VIRTUAL_CAPACITY"):
            box.volumes.create(pool=pool, size=101 * TB)


class TestEvents:
    """The box's own account of what happened."""

    def test_what_was_done_is_written_down(self, box, pool):
        last = box.events.get_last_event().id
        volume = box.volumes.create(pool=pool, name="written-down", size=GB)
        volume.delete()
        events = box.events.get_events(min_event_id=last + 1)
        assert [event.get_code() for event in events] == ["VOLUME_CREATED", "VOLUME_DELETED"]
        # The client takes these ids for text.
        assert {event.get_affected_entity_id() for event in events} == {str(volume.id)}
        assert {event.get_username() for event in events} == {"admin"}
        assert events[0].get_event_data_dict()["name"] == "written-down"
        assert "written-down" in events[0].get_description()

    def test_pages_of_events(self, box):
        newest = box.events.get_last_events(30)
        assert [event.id for event in newest] == sorted(event.id for event in newest)
        assert len(newest) == 30 and newest[-1].id == box.events.get_last_event().id
        assert [event.id for event in box.events.get_first_events(3)] == [1, 2, 3]

    def test_filtered(self, box):
        everything = len(box.events.find())
        by_level = {level: len(box.events.find(level=level)) for level in ("INFO", "WARNING", "ERROR", "CRITICAL")}
        assert sum(by_level.values()) == everything > 1000 and all(by_level.values())
        found = box.events.find(Q.level != "INFO", Q.reporter == "MGMT").sort(-Q.timestamp, +Q.code).page_size(20).page(1)
        times = [event.get_timestamp() for event in found]
        assert times == sorted(times, reverse=True)

    def test_ones_own(self, box):
        event = box.events.create_custom_event(level="WARNING", description="Moved to rack 7")
        assert event.get_description() == "Moved to rack 7" and event.get_reporter() == "CUSTOM"
        assert box.events.get_last_event() == event
        assert {"VOLUME_CREATED", "POOL_DELETED"} <= {code["code"] for code in box.events.get_codes()}
