"""An application that takes its time to import."""

import time

from flask import Flask

app = Flask(__name__)
print("asleep", flush=True)
time.sleep(5)
