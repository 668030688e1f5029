"""An application that makes its process hear no request to stop, so that it has to end by itself."""

import os
import signal
import time

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hear_nothing() -> str:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(0.05)  # so that the other worker is asked too
    return str(os.getpid())


@app.get("/sleep")
def sleep() -> str:
    time.sleep(2.5)
    return "slept"
