"""An application that says when it is imported, takes a second over it, and has a limit on bodies of its own."""

import sys
import time

from flask import Flask, request

time.sleep(1)
sys.stderr.write("imported\n")
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1000  # bytes


@app.get("/")
def hello() -> str:
    return "hello"


@app.post("/length")
def show_length() -> str:
    return str(len(request.get_data()))
