"""What is on its way to one page: numbered by bytes, kept until the page has it, and never more than the limit."""
from collections import deque

from frames import make_frame
from messages import settle_returns

# Losing one of these leaves a gap in what is shown; losing any other leaves the page waiting for ever.
OUTPUTS = ("stream", "display_data", "execute_result", "update_display_data", "comm_msg")
SEAL_SIZE = 256 * 1024


class Item:
    """A frame that was not sent yet; `texts`: pieces of a stream that may still grow, and then are more than `raw`."""

    __slots__ = ("raw", "message", "texts", "has_grown", "size", "lost")

    def __init__(self, raw, message, texts):
        self.raw = raw
        self.message = message
        self.texts = texts
        self.has_grown = False
        self.size = len(raw)
        self.lost = 0


class Outbox:
    def __init__(self, limit, gap_text):
        self._limit = limit
        # Text is settled well before the limit is reached.
        self._seal_size = min(SEAL_SIZE, limit // 4)
        self._gap_text = gap_text
        self._sent = deque()
        self._unsent = deque()
        self._first = 0
        self._end = 0
        self.unsent_size = 0
        self.is_broken = False

    @property
    def is_empty(self):
        return not self._sent and not self._unsent

    @property
    def has_unconfirmed(self):
        return bool(self._sent)

    def put(self, raw, message, is_away):
        """While nobody listens, text is joined to the text before it, and what goes beyond the limit is dropped."""
        if not is_away or message is None:
            self._add(Item(raw, message, None))
        elif self.unsent_size + len(raw) > self._limit and message.channel == "iopub" and message.kind in OUTPUTS:
            self._lose(message)
        elif message.kind == "stream" and message.channel == "iopub":
            self._put_text(raw, message)
        else:
            self._add(Item(raw, message, None))
        if self.unsent_size > 2 * self._limit:
            self.is_broken = True

    def take(self):
        """The next bytes to send; None: there are none."""
        if not self._unsent:
            return None
        item = self._unsent.popleft()
        self.unsent_size -= item.size
        raw = self._encode(item)
        self._sent.append(raw)
        self._end += len(raw)
        return raw

    def confirm(self, count):
        """The page has the first `count` bytes of all."""
        while self._sent and self._first + len(self._sent[0]) <= count:
            self._first += len(self._sent.popleft())

    def resend(self, count):
        """All that was sent after the first `count` bytes. Raises ValueError when that is not kept any more."""
        if count < self._first or count > self._end:
            raise ValueError(count)
        self.confirm(count)
        again = list(self._sent)
        if again:
            again[0] = again[0][count - self._first :]
        return again

    def clear(self):
        self._sent.clear()
        self._unsent.clear()
        self._first = self._end
        self.unsent_size = 0

    def _add(self, item):
        self._unsent.append(item)
        self.unsent_size += item.size

    def _put_text(self, raw, message):
        text = message.content.get("text", "")
        last = self._unsent[-1] if self._unsent else None
        if last is None or last.texts is None or not continues(last.message, message):
            self._add(Item(raw, message, [text]))
            return
        last.texts.append(text)
        last.has_grown = True
        self._grow(last, len(text))
        if last.size > self._seal_size:
            whole = settle_returns("".join(last.texts))
            last.texts = [whole]
            self._grow(last, len(whole) + 1024 - last.size)
            if last.size > self._seal_size / 2:
                last.raw, last.texts = self._encode(last), None
                self._grow(last, len(last.raw) - last.size)

    def _grow(self, item, by):
        item.size += by
        self.unsent_size += by

    def _lose(self, message):
        last = self._unsent[-1] if self._unsent else None
        if last is None or last.lost == 0 or last.message.parent_id != message.parent_id:
            last = Item(b"", message, None)
            self._unsent.append(last)
        last.lost += 1

    def _encode(self, item):
        message = item.message
        if item.lost > 0:
            text = "\n" + self._gap_text.replace("{count}", str(item.lost)) + "\n"
            payload = message.with_content("stream", {"name": "stderr", "text": text})
        elif item.texts is not None and item.has_grown:
            payload = message.with_content("stream", dict(message.content, text="".join(item.texts)))
        else:
            return item.raw
        return make_frame(message.opcode, payload, False)


def continues(before, message):
    return (
        before.parent_id == message.parent_id
        and before.content.get("name") == message.content.get("name")
    )
