"""A little server that speaks as much of S3 as documents need, and lets nobody in who did not sign with its key.

It checks each signature (Signature Version 4) and each body against the digest that was signed, as S3 does.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, REGION, BUCKET = "AKIATESTS", "a secret of the tests", "eu-west-2", "papers"
_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(\S+?)/(\d+)/(\S+?)/s3/aws4_request, *SignedHeaders=(\S+?), *Signature=([0-9a-f]{64})"
)


class ObjectStorage(ThreadingHTTPServer):
    """What it keeps, by its path; and what it does wrong, if a test says so."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept: dict[str, tuple[bytes, datetime]] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.spoils = False
        self.is_down = False

    @property
    def environment(self) -> dict[str, str]:
        """What a service is told to find it by."""
        return {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT": f"http://127.0.0.1:{self.server_address[1]}",
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ObjectStorage

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def _take(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.address = urlsplit(self.path)
        self.name = unquote(self.address.path).removeprefix(f"/{BUCKET}/")
        self.query = {name: values[0] for name, values in parse_qs(self.address.query, keep_blank_values=True).items()}
        if self.server.is_down:
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        elif not self._is_signed():
            self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        else:
            getattr(self, f"_{self.command.lower()}")()

    do_GET = do_PUT = do_POST = do_DELETE = _take

    def _put(self) -> None:
        if "uploadId" in self.query:
            self.server.parts[self.query["uploadId"]][int(self.query["partNumber"])] = self.body
        else:
            self._keep(self.body)
        self._answer(200, ETag=f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()}"')

    def _post(self) -> None:
        """Begin or end an upload in parts, or remove many."""
        if "uploads" in self.query:
            upload = f"upload-{len(self.server.parts)}"
            self.server.parts[upload] = {}
            words = f"<UploadId>{upload}</UploadId><Bucket>{BUCKET}</Bucket><Key>{escape(self.name)}</Key>"
            self._answer(200, f"<InitiateMultipartUploadResult>{words}</InitiateMultipartUploadResult>".encode())
        elif "uploadId" in self.query:
            parts = self.server.parts.pop(self.query["uploadId"])
            self._keep(b"".join(parts[number] for number in sorted(parts)))
            self._answer(200, b'<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>')
        else:
            names = re.findall(r"<Key>(.*?)</Key>", self.body.decode())
            for name in names:
                self.server.kept.pop(name, None)
            gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
            self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _get(self) -> None:
        if "list-type" in self.query:
            self._list()
        elif self.name not in self.server.kept:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            content, at = self.server.kept[self.name]
            content = content[:-1] + b"?" if self.server.spoils else content
            self._answer(200, content, ETag='"1"', **{"Last-Modified": f"{at:%a, %d %b %Y %H:%M:%S GMT}"})

    def _list(self) -> None:
        found = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>{at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            f'<ETag>"1"</ETag><Size>{len(content)}</Size></Contents>'
            for name, (content, at) in sorted(self.server.kept.items())
            if name.startswith(self.query.get("prefix", ""))
        )
        self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode())

    def _delete(self) -> None:
        self.server.kept.pop(self.name, None)
        self._answer(204)

    def _keep(self, content: bytes) -> None:
        self.server.kept[self.name] = content, datetime.now(UTC)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _is_signed(self) -> bool:
        signed = _SIGNED.fullmatch(self.headers.get("Authorization", ""))
        digest = self.headers.get("x-amz-content-sha256", "")
        if signed is None or signed[1] != KEY or signed[3] != REGION:
            return False
        if digest != hashlib.sha256(self.body).hexdigest():
            return False
        _, day, region, names, signature = signed.groups()
        query = sorted(one if "=" in one else f"{one}=" for one in self.address.query.split("&") if one)
        headers = [f"{name}:{' '.join(self.headers[name].split())}\n" for name in names.split(";")]
        request = "\n".join([self.command, self.address.path, "&".join(query), "".join(headers), names, digest])
        scope = f"{day}/{region}/s3/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        words = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{hashed}"
        key = f"AWS4{SECRET}".encode()
        for part in (day, region, "s3", "aws4_request", words):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(key.hex(), signature)


@contextmanager
def object_storage() -> Iterator[ObjectStorage]:
    """Run one."""
    with ObjectStorage() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
