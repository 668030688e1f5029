"""The system's Chromium: where it is, and how it gets there."""

import os
import shutil
import subprocess

KINDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs that will do, the best first: the build without windows does the same in half the time."""
INSTALL = "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends"
HOW = "Install it with your system's package manager (Debian: chromium-headless-shell or chromium)."


def find() -> str | None:
    """Return the path of the best Chromium that is installed, None where there is none."""
    return next((path for kind in KINDS if (path := shutil.which(kind))), None)


def find_or_install() -> str | None:
    """Return the path of a Chromium, after Debian's has been installed where that is wanted and allowed."""
    may_install = shutil.which("apt-get") and os.geteuid() == 0
    for package in KINDS[:2]:
        if may_install and not (shutil.which(KINDS[0]) or (package != KINDS[0] and find())):
            print(f"Installing {package} …", flush=True)
            subprocess.run(["sh", "-c", f"({INSTALL} {package}) >/dev/null 2>&1"], check=False)
    return find()
