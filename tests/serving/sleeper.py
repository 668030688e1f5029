"""An application that takes its time to import."""

import time

from flask import Flask

app = Flask(__name__)
time.sleep(5)
