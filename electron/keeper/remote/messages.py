"""Kernel messages as Jupyter servers put them into a WebSocket: as JSON, or by `v1.kernel.websocket.jupyter.org`."""
import json

from frames import BINARY, TEXT

V1 = "v1.kernel.websocket.jupyter.org"


class Message:
    __slots__ = ("channel", "header", "parent", "metadata", "content", "opcode", "_parts")

    def __init__(self, channel, header, parent, metadata, content, opcode, parts):
        self.channel = channel
        self.header = header
        self.parent = parent
        self.metadata = metadata
        self.content = content
        self.opcode = opcode
        # What the protocol's other form needs to write the message again; None for plain JSON.
        self._parts = parts

    @property
    def kind(self):
        return self.header.get("msg_type", "")

    @property
    def parent_id(self):
        return self.parent.get("msg_id", "")

    def with_content(self, kind, content):
        """The payload of a message that takes this one's place."""
        header = dict(self.header, msg_type=kind)
        if self._parts is None:
            whole = {
                "channel": self.channel,
                "header": header,
                "msg_id": header.get("msg_id"),
                "msg_type": kind,
                "parent_header": self.parent,
                "metadata": self.metadata,
                "content": content,
                "buffers": [],
            }
            return json.dumps(whole).encode("utf-8")
        _, parent, metadata = self._parts
        parts = [self.channel.encode("utf-8"), dump(header), parent, metadata, dump(content)]
        return join_v1(parts)


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_message(payload, opcode, protocol):
    """None: not a kernel message."""
    try:
        return read_v1(payload) if protocol == V1 and opcode == BINARY else read_json(payload, opcode)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def read_json(payload, opcode):
    if opcode == BINARY:
        count = int.from_bytes(payload[:4], "big")
        start = int.from_bytes(payload[4:8], "big")
        end = int.from_bytes(payload[8:12], "big") if count > 1 else len(payload)
        payload = payload[start:end]
    whole = json.loads(payload.decode("utf-8"))
    return Message(
        whole.get("channel") or "",
        whole["header"],
        whole.get("parent_header") or {},
        whole.get("metadata") or {},
        whole.get("content") or {},
        TEXT,
        None,
    )


def read_v1(payload):
    count = int.from_bytes(payload[:8], "little")
    ends = [int.from_bytes(payload[8 * at : 8 * at + 8], "little") for at in range(1, count + 1)]
    parts = [payload[ends[at] : ends[at + 1]] for at in range(count - 1)]
    channel = parts[0].decode("utf-8")
    header, parent, metadata, content = (json.loads(part.decode("utf-8")) for part in parts[1:5])
    return Message(channel, header, parent or {}, metadata or {}, content or {}, BINARY, parts[1:4])


def join_v1(parts):
    start = 8 * (len(parts) + 2)
    offsets = [start]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    head = [len(offsets)] + offsets
    return b"".join([number.to_bytes(8, "little") for number in head] + parts)


def settle_returns(text):
    """
    What is left to be seen of text that carriage returns wrote over, as of a progress bar. May go on: a line that is
    longer than what was last written over it keeps both.
    """
    if "\r" not in text:
        return text
    return "\n".join(settle_line(line) for line in text.split("\n"))


def settle_line(line):
    ended = line.endswith("\r")
    pieces = line.rstrip("\r").split("\r") if ended else line.split("\r")
    under, last = "", pieces[-1]
    for piece in pieces[:-1]:
        under = piece + under[len(piece) :]
    left = last if len(last) >= len(under) else under + "\r" + last
    return left + "\r" if ended else left
