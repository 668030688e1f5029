"""A small application to be served: it shows what it was given and misbehaves when asked to."""

import os
import time
from collections.abc import Iterator

from flask import Flask, Response, jsonify, request

from recruit.serving.asgi import BEFORE_ANSWER

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024  # bytes
BIG = b"x" * (1024 * 1024)
open_streams, done_before = [0], [0]


@app.get("/")
def hello() -> str:
    return "hello"


@app.route("/environ", methods=["GET", "POST"])
@app.route("/environ/<path:rest>", methods=["GET", "POST"])
def show_environ(rest: str = "") -> Response:
    shown = {key: value for key, value in request.environ.items() if isinstance(value, str)}
    return jsonify(environ=shown, path=request.path, body=request.get_data(as_text=True))


@app.post("/length")
def show_length() -> str:
    return str(len(request.get_data()))


@app.get("/process")
def show_process() -> dict[str, int]:
    return {"worker": os.getpid(), "server": os.getppid()}


@app.get("/sleep/<seconds>")
def sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return "slept"


@app.get("/before/<seconds>")
def before_answer(seconds: str) -> str:
    def task() -> None:
        time.sleep(float(seconds))
        done_before[0] += 1
        if request_fails:
            raise OSError("a secret")

    request_fails = "fail" in request.args
    request.environ[BEFORE_ANSWER].append(task)
    return "answered"


@app.get("/done-before")
def count_done_before() -> str:
    return str(done_before[0])


@app.get("/big")
def big() -> bytes:
    return BIG


@app.get("/stream")
def stream() -> Response:
    def chunks() -> Iterator[bytes]:
        for _ in range(128):
            yield BIG[: 64 * 1024]

    return Response(chunks(), mimetype="text/plain")


@app.get("/endless")
def endless() -> Response:
    def chunks() -> Iterator[bytes]:
        open_streams[0] += 1
        try:
            while True:
                yield BIG[: 64 * 1024]
        finally:
            open_streams[0] -= 1

    return Response(chunks(), mimetype="text/plain")


@app.get("/streams")
def count_streams() -> str:
    return str(open_streams[0])


@app.get("/no-content")
def no_content() -> tuple[str, int]:
    return "", 204


@app.get("/stream-fails")
def stream_fails() -> Response:
    def chunks() -> Iterator[bytes]:
        yield BIG[: 512 * 1024]
        raise RuntimeError("in the middle")

    return Response(chunks(), mimetype="text/plain")


@app.get("/fail-while-iterating")
def fail_while_iterating() -> Response:
    def chunks() -> Iterator[bytes]:
        yield b"a little"
        raise RuntimeError("a secret")

    return Response(chunks(), mimetype="text/plain")


@app.get("/fail")
def fail() -> str:
    app.config["PROPAGATE_EXCEPTIONS"] = True
    raise RuntimeError("a secret")
