"""Creating, changing, refusing and deleting; what came of it is read without the client."""

from __future__ import annotations

import contextlib
import time

import pytest
from cohesity_sdk.cluster.api.object_api import ObjectApi
from cohesity_sdk.cluster.api.policy_api import PolicyApi
from cohesity_sdk.cluster.api.protection_group_api import ProtectionGroupApi
from cohesity_sdk.cluster.api.recovery_api import RecoveryApi
from cohesity_sdk.cluster.api.source_api import SourceApi
from cohesity_sdk.cluster.models.create_or_update_protection_group_request import CreateOrUpdateProtectionGroupRequest
from cohesity_sdk.cluster.models.create_protection_group_run_request import CreateProtectionGroupRunRequest
from cohesity_sdk.cluster.models.create_recovery_request import CreateRecoveryRequest
from cohesity_sdk.cluster.models.perform_action_on_protection_group_run_request import (
    PerformActionOnProtectionGroupRunRequest,
)
from cohesity_sdk.cluster.models.protection_policy_request import ProtectionPolicyRequest
from cohesity_sdk.cluster.models.source_registration_patch_request_params import SourceRegistrationPatchRequestParams
from cohesity_sdk.cluster.models.source_registration_request_params import SourceRegistrationRequestParams
from cohesity_sdk.cluster.models.source_registration_update_request_params import SourceRegistrationUpdateRequestParams

from refusals import refused

SPARE = 4220
"""A machine that nothing protects."""


def policy(name: str, **more) -> ProtectionPolicyRequest:
    """A policy that backs up daily, and keeps it for two weeks."""
    regular = {
        "incremental": {"schedule": {"unit": "Days", "daySchedule": {"frequency": 1}}},
        "retention": {"unit": "Weeks", "duration": 2},
    }
    return ProtectionPolicyRequest.from_dict({"name": name, "backupPolicy": {"regular": regular}} | more)


def group(name: str, policy_id: str, **more) -> CreateOrUpdateProtectionGroupRequest:
    """A group that backs up files of the spare machine."""
    files = {"objects": [{"id": SPARE, "filePaths": [{"includedPath": "/srv"}]}]}
    whole = {
        "name": name,
        "policyId": policy_id,
        "environment": "kPhysical",
        "startTime": {"hour": 2, "minute": 15, "timeZone": "Europe/Berlin"},
        "physicalParams": {"protectionType": "kFile", "fileProtectionTypeParams": files},
    }
    return CreateOrUpdateProtectionGroupRequest.from_dict(whole | more)


@pytest.fixture(scope="module")
def followed(client) -> str:
    """The id of a policy for groups."""
    return PolicyApi(client).create_protection_policy(policy("sdk-followed")).id


def test_a_policy_from_creating_to_deleting(client, connect, shown):
    api = PolicyApi(client)
    # The client sends a null for each member that is not set, also for those that only its own release has.
    made = api.create_protection_policy(policy("sdk-daily", description="Two weeks"))
    path = f"policies/{made.id}"
    assert shown(path).json["backupPolicy"]["regular"]["retention"] == {"unit": "Weeks", "duration": 2}
    with refused(409, "KConflict", "unique"):
        api.create_protection_policy(policy("sdk-daily"))
    stamp = made.last_modification_time_usecs
    changed = api.update_protection_policy(made.id, policy("sdk-renamed", lastModificationTimeUsecs=stamp))
    # What an update leaves out is gone.
    assert (changed.name, changed.description) == ("sdk-renamed", None) and "description" not in shown(path).json
    with refused(409, "KStaleEntity"):
        api.update_protection_policy(made.id, policy("sdk-late", lastModificationTimeUsecs=stamp))
    for key in ("boxdeck-demo-reader", "boxdeck-demo-writer"):
        with refused(403, "KForbidden", "Manager"):
            PolicyApi(connect(key)).delete_protection_policy(made.id)
    api.delete_protection_policy(made.id)
    assert shown(path).status == 404
    with refused(404, "KEntityNotFound"):
        api.delete_protection_policy(made.id)


def test_policies_that_are_refused(client, shown):
    api = PolicyApi(client)
    with refused(400, "KValidationError", "name in body"):
        api.create_protection_policy(policy(""))
    weeks = {"incremental": {"schedule": {"unit": "Weeks", "daySchedule": {"frequency": 1}}}}
    with refused(400, "KValidationError", "daySchedule in body does not belong to the unit Weeks"):
        api.create_protection_policy(policy("sdk-odd", backupPolicy={"regular": weeks}))
    # The client itself knows the same units.
    with pytest.raises(ValueError):
        policy("sdk-odd", backupPolicy={"regular": {"retention": {"unit": "Fortnights", "duration": 1}}})
    assert shown("policies?policyNames=sdk-odd").json["policies"] == []


def test_a_group_and_its_runs_from_creating_to_deleting(client, shown, followed):
    api = ProtectionGroupApi(client)
    made = api.create_protection_group(group("sdk-files", followed))
    path = f"protection-groups/{made.id}"
    assert (shown(path).json["policyId"], shown(path).json["isActive"]) == (followed, True)
    with refused(409, "KConflict"):
        PolicyApi(client).delete_protection_policy(followed)
    with refused(400, "KValidationError", "policyId in body is not the id of a policy"):
        api.create_protection_group(group("sdk-other", "1:2:3"))

    begun = api.create_protection_group_run(made.id, CreateProtectionGroupRunRequest.from_dict({"runType": "kRegular"}))
    assert begun.protection_group_id == made.id
    [run] = api.get_protection_group_runs(made.id, start_time_usecs=1).runs
    assert run.is_local_snapshots_deleted is not True and run.local_backup_info.status in ("Accepted", "Running")
    task = run.local_backup_info.local_task_id
    cancel = {"action": "Cancel", "cancelParams": [{"runId": run.id, "localTaskId": task}]}
    api.perform_action_on_protection_group_run(made.id, PerformActionOnProtectionGroupRunRequest.from_dict(cancel))
    with refused(409, "KConflict", "under way"):
        api.delete_protection_group(made.id, delete_snapshots=True)

    def status():
        [canceled] = shown(f"{path}/runs?startTimeUsecs=1").json["runs"]
        return canceled["localBackupInfo"]["status"]

    end = time.monotonic() + 30
    while status() == "Canceling" and time.monotonic() < end:
        time.sleep(0.1)
    assert status() == "Canceled"

    paused = api.update_protection_group(made.id, group("sdk-files", followed, isPaused=True))
    assert paused.is_paused is True and shown(path).json["isPaused"] is True
    api.delete_protection_group(made.id, delete_snapshots=True)
    left = shown(path)
    assert left.status == 404 or left.json["isDeleted"] is True


def test_a_recovery_is_begun(client, shown):
    newest = ObjectApi(client).get_object_snapshots(4100).snapshots[0]
    files = {
        "targetEnvironment": "kPhysical",
        "filesAndFolders": [{"absolutePath": "/srv/data", "isDirectory": True}],
        "physicalTargetParams": {"recoverTarget": {"id": 4100}, "restoreToOriginalPaths": True},
    }
    params = {
        "objects": [{"snapshotId": newest.id}],
        "recoveryAction": "RecoverFiles",
        "recoverFileAndFolderParams": files,
    }
    whole = {"name": "sdk-files", "snapshotEnvironment": "kPhysical", "physicalParams": params}
    begun = RecoveryApi(client).create_recovery(CreateRecoveryRequest.from_dict(whole))
    assert begun.status in ("Accepted", "Running")
    assert shown(f"recoveries/{begun.id}").json["physicalParams"]["objects"] == [{"snapshotId": newest.id}]
    params["objects"] = [{"snapshotId": "bm90aGluZw=="}]
    with refused(404, "KEntityNotFound"):
        RecoveryApi(client).create_recovery(CreateRecoveryRequest.from_dict(whole))


def test_a_source_from_registering_to_deleting(client, connect, shown):
    api = SourceApi(client)
    physical = {"endpoint": "new-01.storage.example", "hostType": "kLinux", "physicalType": "kHost"}
    whole = SourceRegistrationRequestParams.from_dict({"environment": "kPhysical", "physicalParams": physical})
    with refused(403, "KForbidden", "Writer"):
        SourceApi(connect("boxdeck-demo-reader")).register_protection_source(whole)
    made = api.register_protection_source(whole)
    path = f"sources/registrations/{made.id}"
    assert shown(path).json["physicalParams"]["endpoint"] == "new-01.storage.example"
    moved = {"environment": "kPhysical", "physicalParams": physical | {"endpoint": "new-02.storage.example"}}
    api.update_protection_source_registration(made.id, SourceRegistrationUpdateRequestParams.from_dict(moved))
    assert shown(path).json["physicalParams"]["endpoint"] == "new-02.storage.example"
    # Both the documents and the client's model have a PATCH that cannot say anything of a machine.
    for environment, kept in (("kPhysical", True), ("kSQL", False)):
        patch = SourceRegistrationPatchRequestParams.from_dict({"environment": environment})
        with contextlib.nullcontext() if kept else refused(409, "KConflict", "environment"):
            api.patch_protection_source_registration(made.id, patch)
    api.refresh_protection_source_by_id(made.id)
    api.delete_protection_source_registration(made.id)
    assert shown(path).status == 404
    with refused(409, "KConflict", "files-nightly"):
        api.delete_protection_source_registration(4100)
