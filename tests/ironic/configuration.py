"""Writes the configuration of one Ironic: API and conductor in one process, SQLite, fake hardware, loopback only."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from environment import Environment

USERNAME = "operator"
PASSWORD = "cedar-and-birch"

# Ironic runs on its own: the API calls the conductor in the same process (`rpc_transport = none`), nothing is
# published, and no periodic task changes a power state behind a test's back. The fake drivers do nothing but
# remember; `management_delay` makes setting a boot device take that long, and the node is locked meanwhile.
# Proxy headers stay unparsed, which is the default: links are then wrong behind a proxy, as on many sites.
TEMPLATE = """\
[DEFAULT]
auth_strategy = {auth}
http_basic_auth_user_file = {folder}/users
host = boxdeck-conductor
my_ip = 127.0.0.1
rpc_transport = none
state_path = {folder}
use_stderr = true
debug = false
enabled_hardware_types = fake-hardware
enabled_bios_interfaces = no-bios
enabled_boot_interfaces = fake
enabled_console_interfaces = no-console
enabled_deploy_interfaces = fake
enabled_firmware_interfaces = no-firmware
enabled_inspect_interfaces = no-inspect
enabled_management_interfaces = fake
enabled_network_interfaces = noop
enabled_power_interfaces = fake
enabled_raid_interfaces = no-raid
enabled_rescue_interfaces = no-rescue
enabled_storage_interfaces = noop,external
enabled_vendor_interfaces = no-vendor
default_deploy_interface = fake
default_network_interface = noop

[api]
host_ip = 127.0.0.1
port = {port}
max_limit = {max_limit}
api_workers = 1

[conductor]
automated_clean = false
sync_power_state_interval = -1

[database]
connection = sqlite:///{folder}/ironic.sqlite
sqlite_synchronous = false

[fake]
management_delay = {lock_seconds}

[oslo_messaging_notifications]
driver = noop
"""

KEYSTONE = """
[keystone_authtoken]
auth_type = password
auth_url = {url}/v3
www_authenticate_uri = {url}/v3
username = {username}
password = {password}
user_domain_id = default
project_name = admin
project_domain_id = default
interface = public
service_type = baremetal
"""


@dataclass(frozen=True)
class Options:
    """What differs between one Ironic and the next.

    `auth` is `noauth`, `http_basic` or `keystone` (then `keystone` is the address of one); `max_limit` is the largest page (records, at least 1); `lock_seconds` is how
    many whole seconds a node stays locked while its boot device is set.
    """

    auth: str = "noauth"
    max_limit: int = 7
    lock_seconds: int = 0
    port: int = 0
    keystone: str = ""


def write(environment: Environment, folder: Path, options: Options) -> Path:
    """Writes the configuration into `folder` and returns the file's path."""
    if options.auth == "http_basic":
        _write_users(environment, folder)
    path = folder / "ironic.conf"
    text = TEMPLATE.format(
        auth=options.auth,
        folder=folder,
        port=options.port,
        max_limit=options.max_limit,
        lock_seconds=options.lock_seconds,
    )
    if options.auth == "keystone":
        text += KEYSTONE.format(url=options.keystone, username=USERNAME, password=PASSWORD)
    path.write_text(text, encoding="utf-8")
    return path


def _write_users(environment: Environment, folder: Path) -> None:
    # Ironic accepts bcrypt digests only; the environment has the library, the standard library has not.
    code = "import bcrypt, sys; print(bcrypt.hashpw(sys.argv[1].encode(), bcrypt.gensalt(4)).decode())"
    command = [environment.program("python"), "-c", code, PASSWORD]
    digest = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    users = folder / "users"
    users.write_text(f"{USERNAME}:{digest}\n", encoding="utf-8")
    users.chmod(0o600)
