"""Ending with the parent process, however it ended."""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_libc: Final = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


def end_with(parent: int) -> None:
    """Have this process sent SIGTERM when its parent dies, even by kill -9; does nothing where there is no Linux.

    A server whose parent was killed would go on answering beside its replacement, with old code and old settings.

    Args:
        parent: The parent's process id as it was at the fork: if it is another by now, the parent is gone already.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
