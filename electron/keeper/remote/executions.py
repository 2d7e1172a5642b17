"""What every cell that was run has put out, so that a page that opens later can show it."""
import asyncio
import time
from collections import OrderedDict

from messages import settle_returns

OUTPUTS = ("stream", "display_data", "execute_result", "error", "clear_output", "update_display_data", "execute_input")
JOIN_SIZE = 64 * 1024


class Execution:
    def __init__(self, kernel_id, message, limit):
        self.id = message.header.get("msg_id", "")
        self.kernel_id = kernel_id
        self.cell_id = message.metadata.get("cellId")
        self.code = message.content.get("code", "")
        self.started_at = self.changed_at = time.time()
        self.is_running = True
        self.count = None
        self.events = []
        # How many came before the first of `events` and were cleared away since.
        self._base = 0
        self._clears_next = False
        self.size = len(self.code)
        self.lost = 0
        self._limit = limit
        self._told = 0
        self._changed = asyncio.Event()

    def put(self, message):
        """Takes a message that this execution caused; returns by how much it has grown."""
        kind, content, before = message.kind, message.content, self.size
        if kind == "status" and content.get("execution_state") == "idle":
            self.end()
        elif message.channel == "iopub" and kind in OUTPUTS:
            self.changed_at = time.time()
            if kind == "execute_input":
                self.count = content.get("execution_count")
            elif kind == "clear_output" and content.get("wait"):
                self._clears_next = True
            else:
                if kind == "clear_output" or self._clears_next:
                    self._clear()
                if kind != "clear_output":
                    self._put_output(kind, content, message.metadata)
            self._wake()
        return self.size - before

    def end(self):
        self.is_running = False
        self.changed_at = time.time()
        self._wake()

    async def events_after(self, count, wait_seconds):
        """The events after the first `count`, as soon as there are some or the execution has ended."""
        deadline = time.monotonic() + wait_seconds
        while count >= self.total and self.is_running:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            changed = self._changed
            try:
                await asyncio.wait_for(changed.wait(), left)
            except asyncio.TimeoutError:
                break
        self._told = len(self.events)
        return self.events[max(0, count - self._base) :]

    @property
    def total(self):
        """How many events there have been, those that were cleared away included."""
        return self._base + len(self.events)

    def _put_output(self, kind, content, metadata):
        last = self.events[-1] if len(self.events) > self._told else None
        if kind == "stream" and self._joins(last, content):
            text = last["content"]["text"] + content.get("text", "")
            settled = settle_returns(text) if len(text) > JOIN_SIZE / 2 else text
            self.size += len(settled) - len(last["content"]["text"])
            last["content"]["text"] = settled
            return
        size = 200 + sum(len(str(value)) for value in content.values())
        if self.size + size > self._limit and kind != "error":
            self.lost += 1
            return
        self.size += size
        self.events.append({"type": kind, "content": dict(content), "metadata": metadata})

    def _joins(self, last, content):
        return (
            last is not None
            and last["type"] == "stream"
            and last["content"].get("name") == content.get("name")
            and len(last["content"]["text"]) + len(content.get("text", "")) <= JOIN_SIZE
            and self.size + len(content.get("text", "")) <= self._limit
        )

    def _clear(self):
        """All before is gone from the page that showed it, and nobody needs it any more."""
        self._clears_next = False
        self._base += len(self.events)
        self._told = 0
        self.size = len(self.code) + 200
        self.lost = 0
        self.events = [{"type": "clear_output", "content": {"wait": False}, "metadata": {}}]

    def _wake(self):
        self._changed.set()
        self._changed = asyncio.Event()


class Executions:
    """All of a server, within a limit: what has ended longest ago goes first."""

    def __init__(self, limit_each, limit_all):
        self._limit_each = limit_each
        self._limit_all = limit_all
        self._size = 0
        self._all = OrderedDict()

    def begin(self, kernel_id, message):
        execution = Execution(kernel_id, message, self._limit_each)
        self._all[execution.id] = execution
        self._size += execution.size
        self._make_room()
        return execution

    def put(self, execution, message):
        self._size += execution.put(message)
        self._make_room()

    def get(self, execution_id):
        return self._all.get(execution_id)

    def of(self, kernel_id):
        return [execution for execution in self._all.values() if execution.kernel_id == kernel_id]

    def _make_room(self):
        if self._size <= self._limit_all:
            return
        for execution in [one for one in self._all.values() if not one.is_running]:
            if self._size <= self._limit_all:
                return
            del self._all[execution.id]
            self._size -= execution.size
