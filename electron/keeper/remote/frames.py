"""WebSocket frames (RFC 6455, 5.2): told apart, and otherwise left as they are."""
import os

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Frame:
    """One frame: its bytes as they came, and what they mean."""

    __slots__ = ("raw", "opcode", "is_final", "_start", "_mask")

    def __init__(self, raw, opcode, is_final, start, mask):
        self.raw = raw
        self.opcode = opcode
        self.is_final = is_final
        self._start = start
        self._mask = mask

    @property
    def payload(self):
        body = self.raw[self._start :]
        return body if self._mask is None else apply_mask(body, self._mask)


class FrameReader:
    """Takes the bytes of one direction in pieces of any size."""

    def __init__(self):
        self._held = bytearray()

    def feed(self, data):
        """The frames that are complete now."""
        self._held += data
        frames = []
        while True:
            size, start, mask = self._measure()
            if size is None or len(self._held) < size:
                return frames
            raw = bytes(self._held[:size])
            del self._held[:size]
            frames.append(Frame(raw, raw[0] & 0x0F, raw[0] & 0x80 != 0, start, mask))

    def _measure(self):
        held = self._held
        if len(held) < 2:
            return None, None, None
        size = held[1] & 0x7F
        start = 2
        if size == 126:
            size, start = int.from_bytes(held[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(held[2:10], "big"), 10
        if len(held) < start:
            return None, None, None
        if held[1] & 0x80 == 0:
            return start + size, start, None
        return start + 4 + size, start + 4, bytes(held[start : start + 4])


def make_frame(opcode, payload, is_masked):
    """A final frame; a client must mask what it sends."""
    bit = 0x80 if is_masked else 0
    size = len(payload)
    head = bytes([0x80 | opcode])
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + size.to_bytes(8, "big")
    if not is_masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + apply_mask(payload, mask)


def apply_mask(body, mask):
    size = len(body)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(body, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
