"""Pango, the system's library that PDFs are made with: whether it is there, and how it gets there."""

import ctypes
import os
import shutil
import subprocess

LIBRARIES = ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
INSTALL = "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
HOW = f"Install it with your system's package manager (Debian: {PACKAGES})."


def find() -> bool:
    """Say whether all that PDFs are made with is there."""
    try:
        for name in LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_or_install() -> bool:
    """Say whether Pango is there, after Debian's has been installed where that is wanted and allowed."""
    if not find() and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Pango …", flush=True)
        subprocess.run(["sh", "-c", f"({INSTALL} {PACKAGES}) >/dev/null 2>&1"], check=False)
    return find()
