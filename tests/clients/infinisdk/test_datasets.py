"""Pools, volumes, filesystems and what hangs below them: from creating to deleting."""

from __future__ import annotations

import arrow
import pytest
from capacity import GB, KiB, TB, byte

from refusals import refused


@pytest.fixture
def volume(box, pool):
    """A volume of the test's own, of 10 GB, with a name that the client makes up."""
    return box.volumes.create(pool=pool, size=10 * GB)


class TestPools:
    """Pools."""

    def test_a_pool_lives_and_dies(self, box):
        pool = box.pools.create(name="short-lived", virtual_capacity=20 * TB, physical_capacity=10 * TB)
        # The box rounds up to what it can give out.
        assert 20 * TB <= pool.get_virtual_capacity() < 20 * TB + 384 * KiB
        assert pool.get_volumes().to_list() == [] and pool.get_filesystems().to_list() == []
        pool.update_name("lived-a-little")
        pool.update_physical_capacity_critical(95)
        pool.update_physical_capacity_warning(70)
        pool.update_max_extend(-1)
        again = box.pools.get(name="lived-a-little")
        assert again == pool and again.get_physical_capacity_warning() == 70
        pool.lock()
        assert pool.is_locked()
        pool.unlock()
        assert not pool.is_locked()
        pool.delete()
        assert not pool.is_in_system()
        assert box.pools.safe_get(name="lived-a-little") is None

    def test_counts_follow_what_is_inside(self, box):
        pool = box.pools.create(name="counted", capacity=5 * TB)
        volume = box.volumes.create(pool=pool, name="counted-v", size=10 * GB)
        volume.create_snapshot(name="counted-s")
        box.filesystems.create(pool=pool, name="counted-f", size=10 * GB)
        counts = pool.get_fields(["volumes_count", "snapshots_count", "filesystems_count", "entities_count"])
        assert counts == {"volumes_count": 1, "snapshots_count": 1, "filesystems_count": 1, "entities_count": 3}
        with refused(409, "POOL_NOT_EMPTY"):
            pool.delete()

    def test_owners(self, box, pool):
        owner = box.users.create(name="owner", role="PoolAdmin", password="Abcd-1234")
        pool.set_owners([owner])
        assert pool.get_owners() == [owner] and owner.get_owned_pools() == [pool]
        with box.api.get_auth_context("owner", "Abcd-1234"):
            assert box.current_user.get_owned_pools().to_list() == [pool]
            volume = box.volumes.create(pool=pool, name="the-owners", size=GB)
            other = box.pools.choose(name="production-sap")
            with refused(403, "USER_IS_FORBIDDEN"):
                box.volumes.create(pool=other, name="not-the-owners", size=GB)
        volume.delete()


class TestVolumes:
    """Volumes."""

    @pytest.mark.parametrize("provisioning", ["THIN", "THICK"])
    def test_created_as_asked(self, box, pool, provisioning):
        volume = box.volumes.create(
            pool=pool, name=f"as-{provisioning}", size=7 * GB, provisioning=provisioning, ssd_enabled=False
        )
        assert volume.get_provisioning() == provisioning
        assert volume.get_size() == 7 * GB and volume.get_num_blocks() == 7 * 10**9 // 512
        assert volume.get_pool() == pool and volume.get_pool_name() == pool.get_name()
        assert volume.is_master() and not volume.is_mapped() and not volume.is_ssd_enabled()
        assert abs((arrow.utcnow() - volume.get_created_at()).total_seconds()) < 60
        taken = volume.get_allocated()
        assert taken >= 7 * GB if provisioning == "THICK" else taken == 0
        assert box.volumes.get(serial=volume.get_serial()) == volume

    def test_with_the_clients_own_defaults(self, box, pool):
        volumes = box.volumes.create_many(pool=pool, count=3)
        assert [volume.get_size() for volume in volumes] == [GB] * 3
        assert len({volume.get_name() for volume in volumes}) == 3

    def test_changed_one_field_at_a_time(self, box, volume):
        volume.update_name("renamed")
        volume.resize(5 * GB)
        volume.update_provisioning("THIN")
        volume.enable_write_protection()
        volume.disable_compression()
        volume.disable_ssd()
        fields = ["name", "size", "provisioning", "write_protected", "compression_enabled", "ssd_enabled"]
        assert volume.get_fields(fields) == dict(zip(fields, ["renamed", 15 * GB, "THIN", True, False, False]))
        volume.disable_write_protection()
        assert box.volumes.get(name="renamed") == volume
        with refused(400, "NOT_SUPPORTED_MULTIPLE_UPDATE"):
            volume.update_fields(name="both", size=20 * GB)
        with refused(409, "DATASET_SHRINKING_NOT_ALLOWED"):
            volume.update_size(GB)
        assert volume.get_size() == 15 * GB

    def test_moved_to_another_pool(self, box, volume):
        target = box.pools.create(name="target", capacity=TB)
        before = target.get_virtual_capacity()
        volume.move_pool(target)
        assert volume.get_pool() == target
        volume.move_pool(box.pools.get(name="sdk-pool"), with_capacity=False)
        assert target.get_virtual_capacity() == before and target.get_volumes().to_list() == []

    def test_many_changed_at_once(self, box, pool):
        volumes = box.volumes.create_many(pool=pool, name="bulk", count=2, ssd_enabled=True)
        changed = box.volumes.bulk_update(volumes, ssd_enabled=False)
        assert [row.id for row in changed] == [volume.id for volume in volumes]
        assert not any(volume.is_ssd_enabled() for volume in volumes)

    def test_deleted(self, box, volume):
        answer = box.api.delete(volume.get_this_url_path())
        assert answer.get_result()["id"] == volume.id
        assert not volume.is_in_system()
        volume.safe_delete()
        with refused(404, "VOLUME_NOT_FOUND"):
            volume.delete()


class TestSnapshots:
    """What hangs below a volume."""

    def test_a_snapshot_and_a_clone_of_it(self, box, volume):
        snapshot = volume.create_snapshot(name="first")
        clone = snapshot.create_snapshot(name="clone", write_protected=False)
        assert snapshot.is_snapshot() and snapshot.is_write_protected() and not clone.is_write_protected()
        assert snapshot.get_parent() == volume and clone.get_parent() == snapshot
        assert [child.get_depth() for child in (volume, snapshot, clone)] == [0, 1, 2]
        assert {child.get_family_id() for child in (volume, snapshot, clone)} == {volume.id}
        assert clone.get_family_master() == volume
        assert volume.has_children() and not clone.has_children()
        assert volume.get_children().to_list() == volume.get_snapshots().to_list() == [snapshot]
        assert box.volumes.count(family_id=volume.id) == 3

    def test_restored_and_refreshed(self, volume):
        snapshot = volume.create_snapshot(name="before")
        volume.resize(GB)
        volume.restore(snapshot)
        snapshot.refresh_snapshot()
        assert snapshot.get_size() == volume.get_size()
        with refused(409, "REFRESH_TARGET_HAS_CHILDREN"):
            snapshot.create_snapshot(name="below")
            snapshot.refresh_snapshot()

    def test_promoted(self, box, volume):
        snapshot = volume.create_snapshot(name="to-promote")
        master = snapshot.promote_snapshot()
        assert master.id == snapshot.id and master.is_master()
        assert master.get_promote_source_id() == volume.id
        assert volume.get_fields(["has_internal_children", "has_children"]) == {
            "has_internal_children": True,
            "has_children": False,
        }
        internal = box.volumes.get_all_internals(internal_type="SNAPSHOT")
        assert volume.id in [row.parent_id for row in internal]
        assert [row.parent_id for row in volume.get_all_internals()] == [volume.id]
        with refused(409, "PROMOTE_MASTER_ENTITY"):
            volume.promote_snapshot()

    def test_taken_of_several_at_once(self, box, pool):
        volumes = box.volumes.create_many(pool=pool, name="together", count=3)
        snapshots = box.volumes.create_group_snapshot(volumes, snap_prefix="all-")
        assert [snapshot.get_parent() for snapshot in snapshots] == volumes
        assert [snapshot.get_name() for snapshot in snapshots] == [f"all-together_{n}" for n in (1, 2, 3)]

    def test_locked(self, volume):
        expiry = arrow.utcnow().shift(days=2)
        snapshot = volume.create_snapshot(name="locked", lock_expires_at=expiry)
        assert snapshot.get_lock_state() == "LOCKED"
        assert abs((snapshot.get_lock_expires_at() - expiry).total_seconds()) < 1
        with refused(409, "DELETE_LOCKED_SNAPSHOT"):
            snapshot.delete()
        with refused(409, "LOCK_EXPIRY_TOO_SHORT"):
            snapshot.update_lock_expires_at(expiry.shift(days=-1))

    def test_space_that_deleting_would_free(self, box, pool):
        volume = box.volumes.create(pool=pool, name="thick", size=10 * GB, provisioning="THICK")
        assert volume.calculate_reclaimable_space() >= 0 * byte
        assert box.volumes.calculate_reclaimable_space([volume]) == volume.calculate_reclaimable_space()

    def test_a_group(self, box, pool):
        group = box.cons_groups.create(name="group", pool=pool)
        members = box.volumes.create_many(pool=pool, name="member", count=2)
        for member in members:
            group.add_member(member)
        assert group.get_members().to_list() == members and members[0].is_in_cons_group()
        snapshot = group.create_snapshot()
        assert snapshot.get_parent() == group
        assert {below.get_parent() for below in snapshot.get_members()} == set(members)
        group.restore(snapshot)
        group.remove_member(members[0])
        assert group.get_members_count() == 1 and not members[0].is_in_cons_group()
        snapshot.delete()
        group.delete()
        assert not group.is_in_system() and members[1].is_in_system()


class TestPolicies:
    """What is assigned to datasets."""

    def test_quality_of_service(self, box, volume):
        policy = box.qos_policies.create(type="VOLUME", name="slow", max_ops=1000)
        volume.assign_qos_policy(policy)
        assert volume.get_qos_policy() == policy
        assert policy.get_assigned_entities().to_list() == [volume]
        assert box.volumes.find(qos_policy=policy).to_list() == [volume]
        volume.unassign_qos_policy(policy)
        assert volume.get_qos_policy() is None
        policy.delete()

    def test_snapshot_policy(self, box, volume):
        policy = box.snapshot_policies.create(name="every-hour", suffix="-every-hour")
        policy.assign_entity(volume)
        assert [row.assigned_entity_id for row in policy.get_assigned_entities()] == [volume.id]
        assert volume.get_snapshot_policy() == policy and volume.get_snapshot_policy_name() == "every-hour"
        policy.unassign_entity(volume)
        assert policy.get_assigned_entities_count() == 0
        policy.delete()


class TestFilesystems:
    """Filesystems and exports."""

    def test_from_creating_to_deleting(self, box, pool):
        filesystem = box.filesystems.create(pool=pool, name="home", size=10 * GB)
        # The box gives filesystems whole pieces of 64 KiB.
        assert 10 * GB <= filesystem.get_size() < 10 * GB + 64 * KiB
        snapshot = filesystem.create_snapshot(name="home-yesterday")
        assert filesystem.get_snapshots().to_list() == [snapshot] and snapshot.get_parent() == filesystem
        filesystem.restore(snapshot)
        filesystem.resize(10 * GB)
        filesystem.update_name("homes")
        assert filesystem.get_size() >= 20 * GB and box.filesystems.get(name="homes") == filesystem
        with refused(409, "FILESYSTEM_NAME_CONFLICT"):
            box.filesystems.create(pool=pool, name="homes", size=10 * GB)
        filesystem.delete()
        assert not filesystem.is_in_system()

    def test_exports(self, box, pool):
        filesystem = box.filesystems.create(pool=pool, name="shared", size=10 * GB)
        export = filesystem.add_export(export_path="/shared", inner_path="/")
        assert filesystem.get_exports().to_list() == [export] and filesystem.is_mapped()
        assert export.get_filesystem() == filesystem and export.is_enabled()
        rules = [{"access": "RO", "client": "192.0.2.10", "no_root_squash": False}]
        export.update_permissions(rules)
        assert [dict(rule) for rule in export.get_permissions()] == rules
        export.update_max_read(65536 * byte)
        export.disable()
        assert export.get_fields(["max_read", "enabled"]) == {"max_read": 65536 * byte, "enabled": False}
        assert box.exports.find(export_path="/shared").to_list() == [export]
        export.delete()
        assert filesystem.get_exports().to_list() == []
        filesystem.delete()

    def test_tree_quotas(self, box, pool):
        filesystem = box.filesystems.create(pool=pool, name="quotas", size=10 * GB)
        quota = filesystem.treeqs.create(name="docs", path="/docs", hard_capacity=5 * GB)
        assert filesystem.treeqs.find().to_list() == [quota]
        assert (quota.get_name(), quota.get_path(), quota.get_hard_capacity()) == ("docs", "/docs", 5 * GB)
        quota.update_name("papers")
        assert filesystem.treeqs.get(name="papers") == quota
        quota.delete()
        assert filesystem.treeqs.to_list() == []
