"""A Daifuku server for tests: starts the real program on a fresh ledger, speaks its API, stops it.

Standard library only. The store is chosen by the environment: DAIFUKU_TEST_STORE is "sqlite" (default) or "postgres"
with DAIFUKU_TEST_POSTGRES as the connection string; every server gets a tenant of its own there.
"""
import http.client
import http.cookies
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("DAIFUKU_BINARY", str(ROOT / "build/release/daifuku"))
SHARED = ROOT.parent / "shared"
OWNER = {"email": "owner@example.co.jp", "password": "kono-daifuku-wa-oishii"}

_tenants = itertools.count(1 + (os.getpid() % 100000) * 1000)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def __repr__(self):
        return f"<{self.status} {self.text[:500]}>"


class Client:
    """One person's browser, or a program with a token. Not for several threads at once."""

    def __init__(self, server, token=None):
        self.server = server
        self.token = token
        self.cookie = None
        self.csrf = None
        self.language = "ja"
        self.connection = None

    def request(self, method, path, body=None, headers=None, raw=None, content_type=None):
        send = {"Accept-Language": self.language}
        if self.token:
            send["Authorization"] = "Bearer " + self.token
        if self.cookie:
            send["Cookie"] = "daifuku=" + self.cookie
        if self.csrf and method not in ("GET", "HEAD"):
            send["X-CSRF-Token"] = self.csrf
        data = raw
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            send["Content-Type"] = "application/json"
        if content_type:
            send["Content-Type"] = content_type
        send.update(headers or {})
        for attempt in (0, 1):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
            try:
                self.connection.request(method, path, body=data, headers=send)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if attempt or method != "GET":
                    raise
        for value in answer.headers.get_all("Set-Cookie") or []:
            jar = http.cookies.SimpleCookie(value)
            if "daifuku" in jar:
                self.cookie = jar["daifuku"].value or None
        return Answer(answer.status, answer.headers, content)

    def get(self, path, **query):
        if query:
            path += "?" + urllib.parse.urlencode({k: json.dumps(v, ensure_ascii=False) if isinstance(v, (dict, list)) else v for k, v in query.items()})
        return self.request("GET", "/api/v1" + path)

    def post(self, path, body=None, **more):
        return self.request("POST", "/api/v1" + path, body if body is not None else {}, **more)

    def patch(self, path, body, **more):
        return self.request("PATCH", "/api/v1" + path, body, **more)

    def delete(self, path, **more):
        return self.request("DELETE", "/api/v1" + path, **more)

    def sign_in(self, email, password):
        answer = self.post("/session", {"email": email, "password": password})
        if answer.status == 200:
            self.csrf = answer.json["csrf"]
        return answer

    def create(self, plural, **fields):
        answer = self.post("/" + plural, fields)
        assert answer.status == 201, answer
        return answer.json

    def upload(self, path, name, content, field="file"):
        boundary = "----daifuku-test-boundary"
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        raw = (f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{quoted}"\r\n'
               f"Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.request("POST", "/api/v1" + path, raw=raw, content_type=f"multipart/form-data; boundary={boundary}")


class Server:
    """A running server on its own ledger. Use as a context manager, or start() and stop()."""

    def __init__(self, data=None, binary=BINARY, environment=None):
        self.binary = binary
        self.folder = pathlib.Path(data) if data else pathlib.Path(tempfile.mkdtemp(prefix="daifuku-test-"))
        self.keep = data is not None
        self.data = self.folder / "ledger"
        self.store = os.environ.get("DAIFUKU_TEST_STORE", "sqlite")
        self.tenant = next(_tenants)
        self.process = None
        self.port = None
        self.setup_token = None
        self.environment = environment or {}
        self.log = []

    def store_options(self):
        if self.store == "postgres":
            return ["--store", os.environ["DAIFUKU_TEST_POSTGRES"], "--tenant", str(self.tenant)]
        return []

    def command(self, *words, input=None, check=False):
        """Runs another command of the program on the same ledger (the server must be stopped)."""
        return subprocess.run([self.binary, *map(str, words), "--data", str(self.data), *self.store_options()], input=input, capture_output=True,
                              text=True, timeout=600, check=check, env={**os.environ, "LANG": "ja_JP.UTF-8", **self.environment})

    def start(self):
        self.process = subprocess.Popen([self.binary, "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", *self.store_options()],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, "LANG": "ja_JP.UTF-8", **self.environment})
        for line in self.process.stdout:
            self.log.append(line)
            if found := re.search(r"/setup#(\S+)", line):
                self.setup_token = found.group(1)
            elif found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found.group(1))
                break
        if self.port is None:
            raise RuntimeError("the server did not start:\n" + "".join(self.log))
        threading.Thread(target=self._drain, daemon=True).start()
        return self

    def _drain(self):
        for line in self.process.stdout:
            self.log.append(line)

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)
        self.process = None
        self.port = None

    def kill(self):
        self.stop(signal.SIGKILL)

    def close(self):
        self.stop()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def client(self, token=None):
        return Client(self, token)

    def set_up(self):
        """Makes the owner with the one-time token and returns the signed-in client."""
        client = self.client()
        answer = client.post("/setup", {"token": self.setup_token, "company_name": "テスト商会", "name": "大福 太郎", **OWNER})
        assert answer.status == 200, answer
        client.csrf = answer.json["csrf"]
        client.user = answer.json["user"]
        return client

    def add_user(self, owner, email, role="member", password="totemo-nagai-aikotoba", **more):
        answer = owner.post("/users", {"name": email.split("@")[0], "email": email, "role": role, "password": password, **more})
        assert answer.status == 201, answer
        client = self.client()
        assert client.sign_in(email, password).status == 200
        client.user = answer.json["user"]
        return client


class LedgerTest(unittest.TestCase):
    """Scenarios that share one server on a fresh ledger, with its owner signed in."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.addClassCleanup(cls.server.close)
        cls.owner = cls.server.set_up()
        cls.prepare()

    @classmethod
    def prepare(cls):
        """What all scenarios of the class begin with."""


def wait_for(condition, seconds=60, every=0.05):
    """Waits for something that must come; fails loudly when it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        value = condition()
        if value:
            return value
        time.sleep(every)
    raise AssertionError("what was waited for did not happen")
