"""Signing in, and every list and record that the client's model has too: it checks each answer against the model."""

from __future__ import annotations

import pytest
from cohesity_sdk.cluster.api.agent_api import AgentApi
from cohesity_sdk.cluster.api.object_api import ObjectApi
from cohesity_sdk.cluster.api.policy_api import PolicyApi
from cohesity_sdk.cluster.api.protection_group_api import ProtectionGroupApi
from cohesity_sdk.cluster.api.recovery_api import RecoveryApi
from cohesity_sdk.cluster.api.search_api import SearchApi
from cohesity_sdk.cluster.api.source_api import SourceApi
from cohesity_sdk.cluster.models.download_agent_request_params import DownloadAgentRequestParams
from cohesity_sdk.cluster.models.search_indexed_objects_request import SearchIndexedObjectsRequest

from refusals import refused


def test_a_token_and_a_tenant(client, connect):
    assert PolicyApi(client).get_protection_policies().policies
    stranger = connect()
    stranger.configuration.api_key["Bearer"] = "Bearer made-up"
    with refused(401, "KUnauthorized"):
        PolicyApi(stranger).get_protection_policies()
    with refused(400, "KValidationError", "X-IBM-Tenant-Id"):
        PolicyApi(connect(tenant=None)).get_protection_policies()
    with refused(403, "KForbidden", "elsewhere/"):
        PolicyApi(connect(tenant="elsewhere/")).get_protection_policies()


def test_policies(client, shown):
    api = PolicyApi(client)
    listed = api.get_protection_policies(include_stats=True).policies
    assert [policy.name for policy in listed] == [policy["name"] for policy in shown("policies").json["policies"]]
    assert {policy.num_protection_groups for policy in listed} == {0, 1, 2}
    two = api.get_protection_policies(policy_names=["unused", "databases"]).policies
    assert {policy.name for policy in two} == {"unused", "databases"}
    one = api.get_protection_policy_by_id(id=listed[0].id)
    assert one.backup_policy.regular.retention.unit == "Weeks"
    # The client reads microseconds since 1970 into a number, to the last digit.
    assert one.last_modification_time_usecs == shown(f"policies/{one.id}").json["lastModificationTimeUsecs"]
    with refused(404, "KEntityNotFound"):
        api.get_protection_policy_by_id(id="1:2:3")


def test_protection_groups_and_their_runs(client, shown):
    api = ProtectionGroupApi(client)
    groups = api.get_protection_groups(include_last_run_info=True).protection_groups
    assert {group.environment for group in groups} == {"kPhysical", "kSQL"}
    [databases] = api.get_protection_groups(names=["databases"]).protection_groups
    one = api.get_protection_group_by_id(id=databases.id, include_last_run_info=True)
    assert (one.name, one.last_run.protection_group_id) == ("databases", databases.id)
    # Without a time that they begin at, only the runs of the last hour are listed, and nothing is counted.
    bare = api.get_protection_group_runs(id=databases.id)
    assert len(bare.runs) <= 1 and bare.total_runs is None
    page = api.get_protection_group_runs(id=databases.id, start_time_usecs=1, num_runs=7)
    assert len(page.runs) == 7 < page.total_runs
    starts = [run.local_backup_info.start_time_usecs for run in page.runs]
    assert starts == sorted(starts, reverse=True)
    earlier = api.get_protection_group_runs(id=databases.id, start_time_usecs=1, end_time_usecs=starts[-1], num_runs=7)
    assert earlier.runs[0].local_backup_info.start_time_usecs <= starts[-1]
    full = api.get_protection_group_runs(id=databases.id, start_time_usecs=1, run_types=["kFull"], include_object_details=True)
    assert full.runs and {run.local_backup_info.run_type for run in full.runs} == {"kFull"}
    assert {found.object.environment for found in full.runs[0].objects} <= {"kSQL"}


def test_recoveries(client):
    api = RecoveryApi(client)
    recoveries = api.get_recoveries().recoveries
    assert {recovery.status for recovery in recoveries} == {"Succeeded", "Failed"}
    one = api.get_recovery_by_id(id=recoveries[0].id)
    assert one.physical_params.recovery_action == "RecoverFiles"
    failed = api.get_recoveries(status=["Failed"]).recoveries
    assert [recovery.status for recovery in failed] == ["Failed"] and failed[0].messages


def test_sources_and_objects(client):
    registrations = SourceApi(client).get_source_registrations().registrations
    assert len(registrations) == 7
    one = SourceApi(client).get_protection_source_registration(id=registrations[0].id)
    assert one.physical_params.endpoint.startswith("files-01.")
    snapshots = ObjectApi(client).get_object_snapshots(id=one.id).snapshots
    assert len(snapshots) > 20 and {snapshot.object_name for snapshot in snapshots} == {"files-01"}
    found = SearchApi(client).search_objects(search_string="sql").objects
    assert found and all("sql" in thing.name for thing in found)
    protected = SearchApi(client).search_protected_objects(search_string="files").objects
    assert {thing.name for thing in protected} == {"files-01", "files-02"}


def test_files_in_backups_are_found_page_by_page(client):
    api = SearchApi(client)
    ask = {"objectType": "Files", "fileParams": {"searchString": "report*"}, "count": 3}
    names, mark, pages = [], None, 0
    while pages == 0 or mark:
        answer = api.search_indexed_objects(SearchIndexedObjectsRequest.from_dict(ask | {"paginationCookie": mark}))
        names += [file.name for file in answer.files]
        mark, pages = answer.pagination_cookie, pages + 1
    assert pages > 1 and len(names) == answer.count and all(name.startswith("report") for name in names)


def test_the_agents_package(client):
    api = AgentApi(client)
    assert api.get_upgrade_tasks().tasks == []
    wanted = {"platform": "kLinux", "linuxParams": {"packageType": "kRPM"}}
    assert len(api.download_agent(DownloadAgentRequestParams.from_dict(wanted))) > 1000
    with pytest.raises(ValueError):
        DownloadAgentRequestParams.from_dict({"platform": "kBeOS"})
