"""
Ends a server where nobody has run anything for as long as its user said. It asks the server itself, by questions that
do not count as use (`no_track_activity`); pages that are open, and ask it all the time, keep nothing awake.
"""
import asyncio
import json
import os
import time

LOOK_EVERY_SECONDS = 15
LOOKS_PER_PERIOD = 6
ANSWER_SECONDS = 10
NOTHING = {"kind": "nothing", "afterSeconds": 0}
WORKING = ("busy", "starting", "restarting")
# Whoever has the token may do what the page's cookie would allow: any value that is sent twice (Tornado, XSRF).
DOUBLE = "6e7576656d"


class IdleWatch:
    """
    The rule lies in a file that every keeper of the server reads, so that the one of an older Nuvem obeys it, too. What
    is idle begins anew with each change of that file.
    """

    def __init__(self, connect, rule_file, ended_file, folder):
        self._connect = connect
        self._folder = folder
        self._rule_file = rule_file
        self._ended_file = ended_file
        self._stamp = None
        self._rule = NOTHING
        self._seen = None
        self._active_at = time.monotonic()
        self._is_working = False
        self._is_known = False
        self._base = None
        self._authorization = ""
        self._changed = asyncio.Event()

    async def admit(self, base, authorization):
        """True: the server lets in whoever says this. From now on it is asked by it."""
        if self._base is None or (base, authorization) != (self._base, self._authorization):
            status, _ = await self._ask("GET", "/api/status?no_track_activity=1", base, authorization)
            if status != 200:
                return False
            self._base, self._authorization = base, authorization
        return True

    def set(self, kind, after_seconds):
        self._write({"kind": kind, "afterSeconds": after_seconds})

    def keep(self):
        """As if a cell had been run now."""
        self._read()
        self._write(self._rule)

    async def tell(self):
        """What is known now."""
        await self._look()
        idle = time.monotonic() - self._active_at
        return {
            "rule": self._rule,
            "isKnown": self._is_known,
            "isWorking": self._is_working,
            "idleSeconds": idle,
        }

    def forget(self):
        """The server has ended: the next one with its number shall not obey its rule."""
        remove(self._rule_file)

    async def watch(self):
        while True:
            period = self._rule["afterSeconds"] / LOOKS_PER_PERIOD
            pause = LOOK_EVERY_SECONDS if self._rule["kind"] == "nothing" else min(LOOK_EVERY_SECONDS, period)
            try:
                await asyncio.wait_for(self._changed.wait(), pause)
            except asyncio.TimeoutError:
                pass
            self._changed.clear()
            await self._look()
            if self._is_over():
                await self._end()

    def _is_over(self):
        idle = time.monotonic() - self._active_at
        is_idle = self._is_known and not self._is_working
        return is_idle and self._rule["kind"] == "stop" and idle >= self._rule["afterSeconds"]

    async def _look(self):
        self._read()
        if self._rule["kind"] == "nothing" or self._base is None:
            self._is_known = False
            return
        status, body = await self._ask("GET", "/api/kernels?no_track_activity=1")
        terminals_status, terminals = await self._ask("GET", "/api/terminals?no_track_activity=1")
        # A server without terminals does not know of them.
        self._is_known = status == 200 and terminals_status in (200, 404)
        if not self._is_known:
            return
        try:
            kernels = json.loads(body)
            shells = json.loads(terminals) if terminals_status == 200 else []
            self._is_working = any(kernel.get("execution_state") in WORKING for kernel in kernels)
            seen = sorted(
                [str(kernel.get("id")), str(kernel.get("last_activity"))] for kernel in kernels
            ) + sorted([str(shell.get("name")), str(shell.get("last_activity"))] for shell in shells)
        except (ValueError, AttributeError, TypeError):
            self._is_known = False
            return
        if self._is_working or (self._seen is not None and self._seen != seen):
            self._active_at = time.monotonic()
        self._seen = seen

    async def _end(self):
        note = {"folder": self._folder, "atSeconds": time.time(), "afterSeconds": self._rule["afterSeconds"]}
        try:
            # Before: this program does not outlive the server.
            write(self._ended_file, note)
        except OSError:
            # Without room for the note the server ends all the same.
            pass
        status, _ = await self._ask("POST", "/api/shutdown")
        if status != 200:
            remove(self._ended_file)

    def _read(self):
        try:
            stamp = os.stat(self._rule_file).st_mtime_ns
            if stamp == self._stamp:
                return
            with open(self._rule_file) as file:
                rule = json.load(file)
            self._rule = {"kind": str(rule["kind"]), "afterSeconds": float(rule["afterSeconds"])}
        except (OSError, ValueError, KeyError, TypeError):
            stamp, self._rule = None, NOTHING
        if stamp != self._stamp:
            self._active_at = time.monotonic()
        self._stamp = stamp

    def _write(self, rule):
        write(self._rule_file, rule)
        self._changed.set()

    async def _ask(self, method, path, base=None, authorization=None):
        """Status and body; status 0: no answer."""
        base = self._base if base is None else base
        authorization = self._authorization if authorization is None else authorization
        lines = ["{} {}{} HTTP/1.0".format(method, base, path), "Host: localhost", "Content-Length: 0"]
        lines += ["Cookie: _xsrf=" + DOUBLE, "X-XSRFToken: " + DOUBLE]
        if authorization:
            lines.append("Authorization: " + authorization)
        writer = None
        try:
            reader, writer = await asyncio.wait_for(self._connect(), ANSWER_SECONDS)
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
            raw = await asyncio.wait_for(reader.read(1 << 22), ANSWER_SECONDS)
            while raw and not reader.at_eof():
                more = await asyncio.wait_for(reader.read(1 << 22), ANSWER_SECONDS)
                raw += more
            head, _, body = raw.partition(b"\r\n\r\n")
            return int(head.split(b" ", 2)[1]), body
        except (OSError, ValueError, IndexError, asyncio.TimeoutError):
            return 0, b""
        finally:
            if writer is not None:
                writer.close()


def write(path, value):
    new = "{}.{}".format(path, os.getpid())
    with open(new, "w") as file:
        json.dump(value, file)
    os.replace(new, path)


def remove(path):
    try:
        os.unlink(path)
    except OSError:
        pass
