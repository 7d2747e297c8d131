"""The event stream of a server, read in the background."""
import socket
import threading


class Stream:
    """Lines as they come, until the end of the with block."""

    def __init__(self, server, client, path="/api/v1/events"):
        credential = f"Cookie: daifuku={client.cookie}" if client.cookie else f"Authorization: Bearer {client.token}"
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{credential}\r\n\r\n".encode())
        self.lines = []
        self.started = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        assert self.started.wait(60), self.lines

    def _read(self):
        try:
            for line in self.socket.makefile("rb"):
                self.lines.append(line.decode("utf-8", "replace").strip())
                # What the caller may see is told first: from here on the server listens.
                if line.startswith(b"event: metadata"):
                    self.started.set()
        except OSError:
            pass

    def data(self, event):
        """The data lines of the events of that name."""
        lines = list(self.lines)
        return [lines[at + 1][6:] for at, line in enumerate(lines[:-1]) if line == "event: " + event]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(10)
        self.socket.close()
