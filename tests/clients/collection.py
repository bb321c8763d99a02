"""Puts the Hitachi collection into the environment that runs this script, where Python finds it.

The collection is on PyPI as a part of the package `ansible` only, which holds a hundred others and 20,000 files. So the
package is fetched, but nothing else of it is kept.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "ansible==12.3.0"
"""The package with its version; the collection in it is release 4.5.0."""
KEPT = "ansible_collections/hitachivantara/vspone_block/plugins/"


def main() -> None:
    """Fetches the package and takes the collection out of it."""
    target = Path(sysconfig.get_path("purelib"))
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
        subprocess.run([*pip, "download", "--no-deps", "--dest", folder, PACKAGE], check=True)
        [wheel] = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            kept = [name for name in archive.namelist() if name.startswith(KEPT)]
            if not kept:
                raise RuntimeError(f"{PACKAGE} holds no {KEPT}")
            archive.extractall(target, kept)


if __name__ == "__main__":
    main()
