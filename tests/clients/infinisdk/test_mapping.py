"""Hosts, clusters, their ports, and which volumes they see as which LUN."""

from __future__ import annotations

import pytest
from capacity import GB
from infi.dtypes.iqn import make_iscsi_name
from infi.dtypes.nqn import NQN
from infi.dtypes.wwn import WWN

from refusals import refused

RECORDS = 1100
"""Enough for hosts besides the clusters to see some."""

WWPN = "5742b0f000aa0101"
IQN = "iqn.1998-01.com.example:sdk-host"
NQN_TEXT = "nqn.2014-08.com.example:nvme:sdk-host"


@pytest.fixture
def volumes(box, pool):
    """Two volumes of the test's own."""
    return [box.volumes.create(pool=pool, size=GB) for _ in range(2)]


@pytest.fixture
def host(box):
    """A host of the test's own."""
    return box.hosts.create()


def seen(container) -> dict[int, object]:
    """LUNs and the volumes behind them."""
    return {int(lun): volume for lun, volume in container.get_lun_to_volume_dict().items()}


class TestHosts:
    """Hosts and their ports."""

    def test_ports_of_every_kind(self, box):
        for address, kind in ((WWN(WWPN), "FC"), (make_iscsi_name(IQN), "ISCSI"), (NQN(NQN_TEXT), "NVME")):
            host = box.hosts.create()
            host.add_port(address)
            assert host.get_ports() == [address] and host.get_port_type() == f"['{kind}']"
            assert host.get_ports_count() == 1
            assert box.hosts.get_host_by_initiator_address(str(address)) == host
            other = box.hosts.create()
            with refused(409, "PORT_ALREADY_BELONGS_TO_HOST"):
                other.add_port(address)
            host.remove_port(address)
            assert host.get_ports() == []
            assert box.hosts.get_host_by_initiator_address(str(address)) is None

    def test_changed_and_deleted(self, box, host):
        host.update_name("renamed-host")
        assert box.hosts.get(name="renamed-host") == host
        host.disable_optimized()
        assert not host.is_optimized()
        with refused(409, "HOST_NAME_CONFLICT"):
            box.hosts.create(name="renamed-host")
        host.delete()
        assert not host.is_in_system()

    def test_chap(self, host):
        host.update_fields(
            security_method="CHAP",
            security_chap_inbound_username="sdk-in",
            security_chap_inbound_secret="a-secret-of-16-c",
        )
        assert host.get_security_method() == "CHAP" and host.is_security_chap_has_inbound_secret()
        assert "security_chap_inbound_secret" not in host.get_fields()

    def test_initiators_that_the_box_sees(self, box):
        claimed = box.initiators.choose(host=box.hosts.get(name="mail-01"))
        assert claimed.get_host().get_name() == "mail-01" and claimed.get_type() == "FC"
        assert isinstance(claimed.get_address(), WWN)
        assert [target.node.get_index() for target in claimed.get_targets()] == [1, 2, 3]
        assert box.initiators.get_by_id(str(claimed.get_address())) == claimed
        assert box.initiators.safe_get_by_id("nobody") is None


class TestLuns:
    """Mapping to a host."""

    def test_mapped_and_unmapped(self, host, volumes):
        first, second = volumes
        assert host.map_volume(first).get_lun() == 1
        assert host.map_volume(second, lun=77).get_lun() == 77
        assert seen(host.get_luns()) == {1: first, 77: second}
        assert first.is_mapped() and host.is_volume_mapped(first)
        assert first.get_lun(host).get_lun() == 1 and int(host.get_lun(77)) == 77
        assert first.get_logical_units().get_lun_to_volume_dict() == {1: first}
        host.unmap_volume(first)
        assert not first.is_mapped()
        host.unmap_volume(lun=77)
        assert len(host.get_luns()) == 0
        with refused(404, "LUN_NOT_FOUND"):
            host.get_lun(77)

    def test_what_stands_against_a_mapping(self, box, pool, host, volumes):
        first, second = volumes
        host.map_volume(first, lun=5)
        with refused(409, "LUN_EXISTS"):
            host.map_volume(second, lun=5)
        with refused(409, "MAPPING_ALREADY_EXISTS"):
            host.map_volume(first)
        with refused(409, "ILLEGAL_LUN"):
            host.map_volume(second, lun=100_000)
        with refused(409, "HOST_NOT_EMPTY"):
            host.delete()
        with refused(409, "VOLUME_IS_MAPPED"):
            first.delete()
        first.unmap()
        first.delete()
        host.delete()


class TestClusters:
    """Mapping to a cluster is mapping to each of its hosts."""

    def test_from_creating_to_deleting(self, box, volumes):
        cluster = box.host_clusters.create(name="sdk-cluster")
        hosts = [box.hosts.create() for _ in range(2)]
        for host in hosts:
            cluster.add_host(host)
        assert cluster.get_hosts() == hosts and hosts[0].get_cluster() == cluster
        lun = cluster.map_volume(volumes[0])
        assert lun.is_clustered() and lun.get_mapping_object() == cluster
        for host in hosts:
            [shared] = host.get_luns()
            assert (int(shared), shared.volume, shared.is_clustered()) == (int(lun), volumes[0], True)
            with refused(409, "LUN_IS_CLUSTERED"):
                box.api.delete(host.get_this_url_path().add_path(f"luns/lun/{int(lun)}"))
        # One row of the cluster and one of each host.
        assert len(volumes[0].get_logical_units()) == 3
        with refused(409, "CLUSTER_HAS_LUNS"):
            cluster.delete()
        cluster.unmap_volume(volumes[0])
        assert not volumes[0].is_mapped() and len(hosts[0].get_luns()) == 0
        with refused(409, "CANNOT_DELETE_CLUSTERED_HOST"):
            hosts[0].delete()
        for host in hosts:
            cluster.remove_host(host)
        assert cluster.get_hosts() == []
        cluster.update_name("sdk-cluster-2")
        cluster.delete()
        assert box.host_clusters.safe_get(name="sdk-cluster-2") is None

    def test_every_lun_of_the_box(self, box):
        luns = list(box.luns)
        assert len({(lun.get_mapping_object(), lun.get_lun()) for lun in luns}) == len(luns) > 20
        assert any(lun.is_clustered() for lun in luns) and not all(lun.is_clustered() for lun in luns)
