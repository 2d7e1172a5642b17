"""Both ends of a forwarded connection, as light as possible: what is measured is what lies between them.

`traffic.py serve` prints its port and answers connections, each by the request in its first 17 bytes.
`traffic.py drive` runs one measurement per line of JSON on its standard input and prints one line for each.
"""

import json
import os
import selectors
import socket
import struct
import sys
import tempfile
import threading
import time

REQUEST = struct.Struct("!cQQ")
PIECE = 1 << 20
HTTP_BODY = b"x" * 1024
HTTP_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(HTTP_BODY) + HTTP_BODY
)


def prepared(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def receive_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError(f"{len(data)} of {count} bytes came")
        data += piece
    return data


def discard(connection, count):
    """Reads without copying: MSG_TRUNC drops what came (tcp(7))."""
    sink = memoryview(bytearray(PIECE))
    left = count
    while left > 0:
        got = connection.recv_into(sink, min(PIECE, left), socket.MSG_TRUNC)
        if got == 0:
            raise EOFError(f"{left} of {count} bytes are missing")
        left -= got



def pour(connection, count, file):
    offset = 0
    while offset < count:
        offset += os.sendfile(connection.fileno(), file, 0, min(PIECE, count - offset))


def piece_file():
    with tempfile.TemporaryFile() as file:
        file.write(os.urandom(PIECE))
        file.flush()
        return os.dup(file.fileno())


# ---- serve


def serve():
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    web = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(json.dumps({"port": listener.getsockname()[1], "httpPort": web.getsockname()[1]}), flush=True)
    file = piece_file()
    threading.Thread(target=serve_http, args=(web,), daemon=True).start()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(prepared(connection), file), daemon=True).start()


def answer(connection, file):
    with connection:
        try:
            kind, count, _ = REQUEST.unpack(receive_exactly(connection, REQUEST.size))
            if kind == b"D":
                pour(connection, count, file)
            elif kind == b"U":
                discard(connection, count)
                connection.sendall(b"k")
            elif kind == b"E":
                while data := connection.recv(4096):
                    connection.sendall(data)
        except (EOFError, ConnectionError):
            pass


def serve_http(listener):
    """Answers every request of one piece with one piece; pages of a browser are not its business."""
    selector = selectors.DefaultSelector()
    listener.setblocking(False)
    selector.register(listener, selectors.EVENT_READ, None)
    while True:
        for key, _ in selector.select():
            if key.data is None:
                connection, _ = listener.accept()
                prepared(connection).setblocking(False)
                selector.register(connection, selectors.EVENT_READ, connection)
                continue
            try:
                data = key.data.recv(65536)
            except ConnectionError:
                data = b""
            if not data:
                selector.unregister(key.data)
                key.data.close()
            else:
                key.data.sendall(HTTP_ANSWER * data.count(b"\r\n\r\n"))


# ---- drive


def opened(port, kind, count=0):
    connection = prepared(socket.create_connection(("127.0.0.1", port)))
    connection.sendall(REQUEST.pack(kind, count, 0))
    return connection


def bulk(task, file):
    """Seconds until `bytes` in all have passed over `connections` connections that are open before."""
    share = task["bytes"] // task["connections"]
    kind = b"D" if task["direction"] == "down" else b"U"
    sockets = [prepared(socket.create_connection(("127.0.0.1", task["port"]))) for _ in range(task["connections"])]
    begin = threading.Barrier(len(sockets) + 1)
    failures = []

    def run(connection):
        begin.wait()
        try:
            with connection:
                connection.sendall(REQUEST.pack(kind, share, 0))
                if kind == b"D":
                    discard(connection, share)
                else:
                    pour(connection, share, file)
                    receive_exactly(connection, 1)
        except Exception as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=run, args=(connection,)) for connection in sockets]
    for thread in threads:
        thread.start()
    time.sleep(task.get("settleSeconds", 0.05))
    started = time.perf_counter()
    begin.wait()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    if failures:
        raise RuntimeError(failures[0])
    return {"seconds": seconds}


def echo(task, _file):
    """Milliseconds of each of `count` bytes there and back, one after the other, `pauseMs` apart."""
    times = []
    pause = task.get("pauseMs", 0) / 1000
    with opened(task["port"], b"E") as connection:
        connection.sendall(b"w")
        receive_exactly(connection, 1)
        for _ in range(task["count"]):
            started = time.perf_counter()
            connection.sendall(b"x")
            receive_exactly(connection, 1)
            times.append((time.perf_counter() - started) * 1000)
            if pause:
                time.sleep(pause)
    return {"milliseconds": times}


def http(task, _file):
    """Requests per second over `connections` connections that stay open, for `seconds`."""
    request = task["request"].encode()
    selector = selectors.DefaultSelector()
    sockets = [prepared(socket.create_connection(("127.0.0.1", task["port"]))) for _ in range(task["connections"])]
    waiting = {}
    for connection in sockets:
        waiting[connection] = b""
        selector.register(connection, selectors.EVENT_READ)
        connection.sendall(request)
    done = 0
    lead_in = time.perf_counter() + 0.3
    started = None
    while True:
        now = time.perf_counter()
        if started is None and now >= lead_in:
            started, done = now, 0
        if started is not None and now - started >= task["seconds"]:
            break
        for key, _ in selector.select(1):
            connection = key.fileobj
            data = connection.recv(65536)
            if not data:
                raise EOFError("a connection has ended")
            data = waiting[connection] + data
            if data.endswith(HTTP_BODY):
                if not data.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(data[:200].decode("latin1"))
                done += 1
                waiting[connection] = b""
                connection.sendall(request)
            else:
                waiting[connection] = data
    seconds = time.perf_counter() - started
    for connection in sockets:
        connection.close()
    return {"perSecond": done / seconds}


held = []


def hold(task, _file):
    """Opens `count` connections that stay open and idle."""
    for _ in range(task["count"]):
        connection = opened(task["port"], b"E")
        connection.sendall(b"w")
        receive_exactly(connection, 1)
        held.append(connection)
    return {"held": len(held)}


def release(_task, _file):
    for connection in held:
        connection.close()
    held.clear()
    return {}


def first_byte(task, _file):
    """Milliseconds from opening a local connection to the first byte back."""
    started = time.perf_counter()
    with opened(task["port"], b"E") as connection:
        connection.sendall(b"w")
        receive_exactly(connection, 1)
    return {"milliseconds": (time.perf_counter() - started) * 1000}


def drive():
    file = piece_file()
    tasks = {"bulk": bulk, "echo": echo, "http": http, "hold": hold, "release": release, "firstByte": first_byte}

    def run(task):
        try:
            result = tasks[task["kind"]](task, file)
        except Exception as error:
            result = {"error": repr(error)}
        print(json.dumps({"id": task["id"], **result}), flush=True)

    print("{}", flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        threading.Thread(target=run, args=(task,), daemon=True).start()


serve() if sys.argv[1] == "serve" else drive()
