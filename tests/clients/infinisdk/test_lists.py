"""Lists of 1,100 volumes: every operator of the client, order, fields, pages."""

from __future__ import annotations

import arrow
import pytest
from capacity import GB, byte
from infinisdk import Q
from infinisdk.core.exceptions import ObjectNotFound, TooManyObjectsFound

from refusals import refused

RECORDS = 1100
"""More than the client's page of 1,000, and no multiple of the box's of 50 with it."""


@pytest.fixture(scope="module")
def rows(box) -> list[dict]:
    """Every volume as the box sends it, by plain requests that know nothing of the client's queries."""
    pages = [box.api.get(f"volumes?page={page}&page_size=100").get_result() for page in range(1, 12)]
    return [row for page in pages for row in page]


def ids(volumes) -> list[int]:
    return [volume.id for volume in volumes]


class TestPages:
    """What the client asks for by itself, and what it is asked to ask for."""

    def test_all_come_once(self, box, rows, sent):
        query = box.volumes.find()
        assert len(query) == RECORDS == len(rows)
        found = ids(query)
        assert len(found) == len(set(found)) == RECORDS
        assert sorted(found) == sorted(row["id"] for row in rows)
        # The first page is the box's own size; the rest comes by the thousand.
        assert sent == ["GET volumes", "GET volumes?page=1&page_size=1000", "GET volumes?page=2&page_size=1000"]

    def test_the_box_counts_them_alike_on_every_page(self, box):
        for page, rows in ((1, 1000), (2, 100), (3, 0)):
            answer = box.api.get(f"volumes?page={page}&page_size=1000")
            assert answer.get_total_num_objects() == RECORDS
            assert answer.get_page_start_index() == (page - 1) * 1000
            assert len(answer.get_result()) == rows
            assert answer.get_metadata()["pages_total"] == 2

    @pytest.mark.parametrize("size", [97, 550, 1000])
    def test_pages_of_any_size_hold_all_between_them(self, box, rows, size):
        found: list[int] = []
        for page in range(1, -(-RECORDS // size) + 1):
            found += ids(box.volumes.find().sort(+Q.id).page_size(size).page(page))
        assert found == sorted(row["id"] for row in rows)

    def test_a_page_too_long_or_none_is_refused(self, box):
        with refused(400, "MAX_PAGE_SIZE_VIOLATION"):
            box.volumes.find().page_size(1001).page(1).to_list()
        with refused(400, "WRONG_PARAMETER"):
            box.volumes.find().page_size(10).page(-1).to_list()

    def test_a_query_asks_when_it_is_used_and_no_more_than_it_must(self, box, sent):
        query = box.volumes.find(Q.type == "MASTER").sort(-Q.size)
        assert sent == []
        assert query[0].get_size(from_cache=True) >= query[1].get_size(from_cache=True)
        assert len(query) > 700
        assert sent == ["GET volumes?type=eq%3AMASTER&sort=-size"]
        assert query[600] is not None
        assert sent[1:] == ["GET volumes?type=eq%3AMASTER&sort=-size&page=1&page_size=1000"]

    def test_samples(self, box):
        assert len(set(ids(box.volumes.find().sample(20)))) == 20
        assert box.volumes.choose(type="SNAPSHOT").is_snapshot()


FILTERS = {
    "eq": lambda row: (Q.name == row["name"], lambda r: r["name"].lower() == row["name"].lower()),
    "eq of a text ignores case": lambda row: (Q.name == row["name"].upper(), lambda r: r["name"] == row["name"]),
    "eq of a word": lambda row: (Q.provisioning == "THICK", lambda r: r["provtype"] == "THICK"),
    "eq of a boolean": lambda row: (Q.mapped == True, lambda r: r["mapped"]),  # noqa: E712
    "eq of a capacity": lambda row: (Q.size == row["size"] * byte, lambda r: r["size"] == row["size"]),
    "eq of a serial": lambda row: (Q.serial == row["serial"], lambda r: r["id"] == row["id"]),
    "ne": lambda row: (Q.pool_name != row["pool_name"], lambda r: r["pool_name"] != row["pool_name"]),
    "ne of a word": lambda row: (Q.type != "MASTER", lambda r: r["type"] == "SNAPSHOT"),
    "lt": lambda row: (Q.size < row["size"] * byte, lambda r: r["size"] < row["size"]),
    "le": lambda row: (Q.size <= row["size"] * byte, lambda r: r["size"] <= row["size"]),
    "gt": lambda row: (Q.size > row["size"] * byte, lambda r: r["size"] > row["size"]),
    "ge": lambda row: (Q.size >= row["size"] * byte, lambda r: r["size"] >= row["size"]),
    "gt of a time": lambda row: (
        Q.created_at > arrow.get(row["created_at"] / 1000),
        lambda r: r["created_at"] > row["created_at"],
    ),
    "le of a number": lambda row: (Q.id <= row["id"], lambda r: r["id"] <= row["id"]),
    "in": lambda row: (Q.id.in_([row["id"], row["id"] + 1, 1]), lambda r: r["id"] in (row["id"], row["id"] + 1)),
    "in of texts": lambda row: (
        Q.pool_name.in_([row["pool_name"], "no such pool"]),
        lambda r: r["pool_name"] == row["pool_name"],
    ),
    "not in": lambda row: (Q.id.not_in([row["id"]]), lambda r: r["id"] != row["id"]),
    "between": lambda row: (Q.size.between([10 * GB, 100 * GB]), lambda r: 10**10 <= r["size"] <= 10**11),
    "like": lambda row: (Q.name.like("DB"), lambda r: "db" in r["name"].lower()),
    "is null": lambda row: (Q.cons_group.is_(None), lambda r: r["cg_id"] is None),
    "is not null": lambda row: (Q.snapshot_retention.is_not(None), lambda r: r["snapshot_retention"] is not None),
    "all of": lambda row: (Q.replication_types.all_of(["NONE"]), lambda r: True),
    "all of, one of which is missing": lambda row: (
        Q.replication_types.all_of(["NONE", "ASYNC_SOURCE"]),
        lambda r: False,
    ),
    "any of": lambda row: (Q.replication_types.any_of(["ASYNC_SOURCE", "NONE"]), lambda r: True),
    "none of": lambda row: (Q.replication_types.none_of(["ASYNC_SOURCE"]), lambda r: True),
}


class TestFilters:
    """The same rows as a comparison in Python leaves."""

    @pytest.mark.parametrize("name", FILTERS)
    def test_operator(self, box, rows, name):
        predicate, passes = FILTERS[name](rows[len(rows) // 2])
        expected = {row["id"] for row in rows if passes(row)}
        found = ids(box.volumes.find(predicate))
        assert len(found) == len(expected)
        assert set(found) == expected

    def test_the_operators_tell_rows_apart(self, rows):
        """A filter that everything or nothing passes would prove little."""
        trivial = {"all of", "all of, one of which is missing", "any of", "none of"}
        for name, make in FILTERS.items():
            _, passes = make(rows[len(rows) // 2])
            assert name in trivial or 0 < sum(bool(passes(row)) for row in rows) < RECORDS, name

    def test_several_filters_are_all_met(self, box, rows):
        pool = box.pools.get_by_id(rows[0]["pool_id"])
        query = box.volumes.find(Q.size >= 100 * GB, Q.type == "MASTER", pool=pool)
        expected = {
            r["id"] for r in rows if r["size"] >= 10**11 and r["type"] == "MASTER" and r["pool_id"] == pool.id
        }
        assert set(ids(query)) == expected and expected
        assert ids(pool.get_volumes(type="MASTER")) == ids(box.volumes.find(pool_id=pool.id, type="MASTER"))

    def test_records_are_filters(self, box, rows):
        child = next(row for row in rows if row["parent_id"])
        parent = box.volumes.get_by_id(child["parent_id"])
        assert child["id"] in ids(box.volumes.find(Q.parent == parent))
        assert child["id"] in ids(parent.get_snapshots())

    def test_what_the_box_does_not_filter_by_is_refused(self, box):
        with refused(400, "NOT_FILTERABLE_FIELD"):
            box.volumes.find(Q.allocated > GB).to_list()
        with refused(400, "UNKNOWN_PARAMETER"):
            box.volumes.find(no_such_field=1).to_list()
        with refused(400, "UNSUPPORTED_FILTER_RELATION"):
            box.volumes.find(Q.mapped > True).to_list()
        with refused(400, "MALFORMED_PARAMETER"):
            box.volumes.find(Q.type == "MIDDLE").to_list()

    def test_one_of_many(self, box, rows, sent):
        row = rows[7]
        assert box.volumes.get(name=row["name"]).id == row["id"]
        assert sent[0].endswith("&page=1&page_size=1")
        with pytest.raises(TooManyObjectsFound):
            box.volumes.get(type="MASTER")
        with pytest.raises(ObjectNotFound):
            box.volumes.get(name="no such volume")
        assert box.volumes.safe_get(name="no such volume") is None


ORDERS = {
    "ascending": (lambda of: [+of.size], lambda r: r["size"]),
    "descending": (lambda of: [-of.size], lambda r: -r["size"]),
    "by text, without case": (lambda of: [of.name], lambda r: r["name"].lower()),
    "by two": (lambda of: [+of.type, -of.size], lambda r: (r["type"], -r["size"])),
    "by three": (
        lambda of: [-of.depth, +of.provisioning, -of.created_at],
        lambda r: (-r["depth"], r["provtype"], -r["created_at"]),
    ),
}


class TestOrder:
    """One order over all pages."""

    @pytest.mark.parametrize("name", ORDERS)
    def test_order(self, box, rows, name):
        criteria, key = ORDERS[name]
        by_id = {row["id"]: row for row in rows}
        found = [by_id[volume.id] for volume in box.volumes.find().sort(*criteria(box.volumes.fields))]
        assert len(found) == RECORDS
        assert [key(row) for row in found] == sorted(key(row) for row in rows)

    def test_equal_rows_stay_in_one_order(self, box):
        halves = [ids(box.volumes.find().sort(+Q.type).page_size(550).page(page)) for page in (1, 2)]
        assert len(set(halves[0] + halves[1])) == RECORDS

    def test_what_the_box_does_not_sort_by_is_refused(self, box):
        with refused(400, "NOT_SORTABLE_FIELD"):
            box.volumes.find().sort(+Q.pool_name).to_list()
        with refused(400, "UNKNOWN_PARAMETER"):
            box.volumes.find().sort(+Q.no_such_field).to_list()


class TestFields:
    """Only what was asked for."""

    def test_only_some_fields(self, box, sent):
        query = box.volumes.find().only_fields(["name", "size", "pool"])
        rows = box.api.get(query.query).get_result()
        assert {frozenset(row) for row in rows} == {frozenset({"id", "name", "size", "pool_id"})}
        volume = query[0]
        assert set(volume.get_fields(["name", "size"], from_cache=True)) == {"name", "size"}
        assert len(sent) == 2

    def test_every_field_that_the_client_knows(self, box):
        """The client raises CacheMiss for a field that it expects of this release and that is not there."""
        volume = box.volumes.choose(type="MASTER")
        fields = volume.get_fields()
        unknown = {field.name for field in volume.fields if box.is_field_supported(field)} - set(fields)
        assert unknown <= {"tenant"}, unknown
        assert fields["pool"] == box.pools.get_by_id(fields["pool"].id)


class TestOtherLists:
    """The same queries on other collections."""

    @pytest.mark.parametrize(
        "name",
        ["pools", "hosts", "host_clusters", "filesystems", "exports", "users", "cons_groups", "qos_policies",
         "snapshot_policies", "fc_switches", "initiators"],
    )  # fmt: skip
    def test_the_client_reads_every_row(self, box, name):
        found = getattr(box, name).to_list()
        assert found
        assert len({record.id for record in found}) == len(found)

    def test_both_kinds_of_dataset_in_one_list(self, box):
        kinds = {type(dataset).__name__ for dataset in box.datasets.find().sort(-Q.id)}
        assert kinds == {"Volume", "Filesystem"}
        assert len(box.datasets.find(dataset_type="VOLUME")) == RECORDS

    def test_hosts_and_clusters_in_one_list(self, box):
        """A host in a cluster is seen in its cluster only."""
        alone = [host for host in box.hosts if host.get_cluster() is None]
        assert len(box.san_clients.find()) == len(alone) + len(box.host_clusters.find())
