"""A little server that speaks clamd's INSTREAM: it finds a virus in what holds the word EICAR."""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


class _Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        found = b"stream: Eicar-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
        self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0" if b"LONG" in content else found)


@contextmanager
def clamd() -> Iterator[str]:
    """Run one; give its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"clamd://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
