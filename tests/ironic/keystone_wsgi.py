"""Serves Keystone on loopback with cheroot: `python keystone_wsgi.py CONFIGURATION PORT`.

Runs inside the virtual environment. Keystone reads the program's own arguments when it is imported, so they are taken
away first.
"""

import os
import sys

configuration, port = sys.argv[1], int(sys.argv[2])
os.environ["OS_KEYSTONE_CONFIG_FILES"] = configuration
sys.argv = ["keystone"]

from cheroot import wsgi  # noqa: E402
from keystone.wsgi.api import application  # noqa: E402

wsgi.Server(("127.0.0.1", port), application, numthreads=4).start()
