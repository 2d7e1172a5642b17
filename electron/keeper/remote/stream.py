"""One page's WebSocket to a kernel, held open towards the server while the page's side comes and goes."""
import asyncio
import re
import time

from frames import BINARY, CLOSE, PING, PONG, TEXT, FrameReader, make_frame
from messages import read_message
from outbox import Outbox

DATA, CONFIRMED, ENDED = 0, 1, 2
HEAD_END = b"\r\n\r\n"
KERNEL_PATH = re.compile(r"/api/kernels/([^/?]+)/channels")
CONFIRM_EVERY = 64 * 1024
SLOW_PAGE_SIZE = 4 * 1024 * 1024
SILENT_SECONDS = 15


class Stream:
    """
    Between `attach` and the next loss of the page, bytes pass as they are. Without a page, what the server sends is
    read on and kept; pings are answered here in either case.
    """

    def __init__(self, keeper, server):
        self._keeper = keeper
        self._from_server, self._to_server = server
        self._outbox = Outbox(keeper.settings["streamBytes"], keeper.settings["gapText"])
        self.received = 0
        self._confirmed = 0
        self._page = None
        self._page_left = False
        self._wake = asyncio.Event()
        self.changed_at = time.monotonic()
        self._progress_at = time.monotonic()
        self._page_head = b""
        self._server_head = b""
        self._is_opened = False
        self._authorization = ""
        self._kernel_id = ""
        self._protocol = ""
        self._page_frames = FrameReader()
        self._server_frames = FrameReader()
        self._fragments = {"page": None, "server": None}
        self._running = {}
        self.is_ended = False
        self._reading = asyncio.ensure_future(self._read_server())

    @property
    def is_away(self):
        """No page, or one that has taken nothing for so long that its connection must be dead."""
        is_silent = self._outbox.has_unconfirmed and time.monotonic() - self._progress_at > SILENT_SECONDS
        return self._page is None or is_silent

    @property
    def is_finished(self):
        """True: nothing is lost when it is closed now."""
        if self.is_ended:
            return self._outbox.is_empty or self._page_left
        return self._page_left and not self._running

    async def attach(self, reader, writer, received):
        """Serves a page until it is lost. Raises ValueError when it lacks bytes that are not kept any more."""
        again = self._outbox.resend(received)
        if self._page is not None:
            self._page.close()
        self._page = writer
        self.changed_at = self._progress_at = time.monotonic()
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: nuvem-stream\r\n"
            "Nuvem-Received: {}\r\n\r\n".format(self.received).encode()
        )
        for raw in again:
            writer.write(chunk(DATA, raw))
        sending = asyncio.ensure_future(self._send_to(writer))
        try:
            await self._read_page(reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            sending.cancel()
            writer.close()
            if self._page is writer:
                self._page = None
                self.changed_at = time.monotonic()

    def close(self):
        self._reading.cancel()
        self._to_server.close()
        self._end()
        if self._page is not None:
            self._page.close()

    async def _send_to(self, writer):
        try:
            while True:
                raw = self._outbox.take()
                if raw is not None:
                    if not self._outbox.has_unconfirmed:
                        self._progress_at = time.monotonic()
                    writer.write(chunk(DATA, raw))
                    await writer.drain()
                    continue
                if self.received > self._confirmed:
                    self._confirmed = self.received
                    writer.write(chunk(CONFIRMED, self._confirmed.to_bytes(8, "big")))
                if self.is_ended:
                    writer.write(chunk(ENDED, b""))
                self._wake.clear()
                await writer.drain()
                await self._wake.wait()
        except OSError:
            pass

    async def _read_page(self, reader, writer):
        while True:
            head = await reader.readexactly(5)
            body = await reader.readexactly(int.from_bytes(head[1:], "big"))
            if self._page is not writer:
                # The page has come back by another way, and sends again what was not taken yet.
                return
            if head[0] == CONFIRMED:
                self._outbox.confirm(int.from_bytes(body, "big"))
                self._progress_at = time.monotonic()
                self._wake.set()
            elif head[0] == ENDED:
                self._page_left = True
                self._outbox.clear()
                return
            else:
                self.received += len(body)
                await self._pass_to_server(body)
                self._wake.set()

    async def _pass_to_server(self, data):
        if self._page_head is not None:
            self._page_head += data
            end = self._page_head.find(HEAD_END)
            if end < 0:
                return
            head, data = self._page_head[: end + 4], self._page_head[end + 4 :]
            self._page_head = None
            self._to_server.write(self._read_request(head))
        for frame in self._page_frames.feed(data):
            self._to_server.write(frame.raw)
            message = self._message_of("page", frame)
            if message is not None and message.kind == "execute_request" and not message.content.get("silent"):
                execution = self._keeper.executions.begin(self._kernel_id, message)
                self._running[execution.id] = execution
        try:
            await self._to_server.drain()
        except OSError:
            self._end()

    def _read_request(self, head):
        """Without compression, so that the messages can be read."""
        lines = head.decode("latin-1").split("\r\n")
        found = KERNEL_PATH.search(lines[0])
        self._kernel_id = found.group(1) if found else ""
        for line in lines:
            if line.lower().startswith("authorization:"):
                self._authorization = line.split(":", 1)[1].strip()
        kept = [line for line in lines if not line.lower().startswith("sec-websocket-extensions:")]
        return "\r\n".join(kept).encode("latin-1")

    async def _read_server(self):
        try:
            while not self._outbox.is_broken:
                while not self.is_away and self._outbox.unsent_size > SLOW_PAGE_SIZE:
                    await asyncio.sleep(0.05)
                data = await self._from_server.read(65536)
                if not data:
                    break
                self._take_from_server(data)
                self._wake.set()
        except OSError:
            pass
        self._to_server.close()
        self._end()

    def _take_from_server(self, data):
        if self._server_head is not None:
            self._server_head += data
            end = self._server_head.find(HEAD_END)
            if end < 0:
                return
            head, data = self._server_head[: end + 4], self._server_head[end + 4 :]
            self._server_head = None
            self._is_opened = head.split(b" ", 2)[1:2] == [b"101"]
            found = re.search(rb"(?i)sec-websocket-protocol:\s*([^\r\n]+)", head)
            self._protocol = found.group(1).decode("latin-1").strip() if found else ""
            self._outbox.put(head, None, False)
            # Without an authorization everybody on the machine would be who has it.
            if self._is_opened and self._authorization:
                self._keeper.accept(self._authorization)
        if not self._is_opened:
            self._outbox.put(data, None, False)
            return
        for frame in self._server_frames.feed(data):
            if frame.opcode == PING:
                self._to_server.write(make_frame(PONG, frame.payload, True))
            elif not self._page_left:
                message = self._message_of("server", frame)
                self._note(message)
                self._outbox.put(frame.raw, message, self.is_away)
            else:
                self._note(self._message_of("server", frame))

    def _note(self, message):
        """Adds to the execution what it put out."""
        if message is None:
            return
        execution = self._running.get(message.parent_id)
        if execution is not None:
            self._keeper.executions.put(execution, message)
            if not execution.is_running:
                del self._running[execution.id]
        elif message.kind == "status" and message.content.get("execution_state") in ("restarting", "dead"):
            self._end_executions()

    def _message_of(self, side, frame):
        """The message that this frame is; None also for one in several frames, until the last, which is read whole."""
        held = self._fragments[side]
        if frame.opcode in (CLOSE, PONG):
            return None
        if held is None and frame.is_final and frame.opcode in (TEXT, BINARY):
            return read_message(frame.payload, frame.opcode, self._protocol)
        if frame.opcode in (TEXT, BINARY):
            self._fragments[side] = [frame.opcode, frame.payload]
            return None
        if held is not None:
            held.append(frame.payload)
            if frame.is_final:
                self._fragments[side] = None
                message = read_message(b"".join(held[1:]), held[0], self._protocol)
                # Its frames were sent one by one: it must not be joined to another as if this were all of it.
                if side == "server":
                    self._note(message)
                    return None
                return message
        return None

    def _end(self):
        self.is_ended = True
        self.changed_at = time.monotonic()
        self._end_executions()
        self._wake.set()

    def _end_executions(self):
        for execution in self._running.values():
            execution.end()
        self._running.clear()


def chunk(kind, body):
    return bytes([kind]) + len(body).to_bytes(4, "big") + body
