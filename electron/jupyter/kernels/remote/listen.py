"""Hears what the kernels of one Jupyter server publish (Jupyter messaging, IOPub) and reports what is worth it.

It subscribes as any further client may: the server's own bookkeeping (connections, activity, messages that it keeps
for a page that is away) does not notice. No output and no code of the user leaves this process. It ends with the
connection that started it, or with the server. Runs on Python 3.6 or later with pyzmq.
"""
import glob
import json
import os
import sys
import time

MARK, SERVER, RUNTIME = sys.argv[1], int(sys.argv[2]), sys.argv[3]
LOOK_EVERY_S = 2.0
SEARCH_EVERY_S = 10.0
SOON_S = 15.0
SIGN_OF_LIFE_EVERY_S = 60.0
PREFIX, SUFFIX = "kernel-", ".json"


def say(name, *event):
    os.write(1, ("%s %s %s\n" % (MARK, name, json.dumps(event))).encode("ascii"))


try:
    import zmq
except ImportError:
    say("unable", "pyzmq")
    sys.exit(0)


class Heard:
    """One kernel that is listened to."""

    def __init__(self, context, kernel, path, stamp):
        self.kernel = kernel
        self.path = path
        self.stamp = stamp
        self.publisher = None
        self.told_state = None
        self.process = None
        self.lost = time.monotonic()
        with open(path) as file:
            info = json.load(file)
        self.socket = context.socket(zmq.SUB)
        self.socket.linger = 0
        self.socket.setsockopt(zmq.SUBSCRIBE, b"")
        # A kernel that begins anew keeps its address: be there again before it speaks.
        self.socket.setsockopt(zmq.RECONNECT_IVL, 100)
        self.socket.setsockopt(zmq.RECONNECT_IVL_MAX, 1000)
        if info.get("curve_publickey"):
            public, secret = zmq.curve_keypair()
            self.socket.curve_publickey, self.socket.curve_secretkey = public, secret
            self.socket.curve_serverkey = info["curve_publickey"].encode("ascii")
        is_ipc = info.get("transport") == "ipc"
        self.socket.connect(("ipc://%s-%s" if is_ipc else "tcp://%s:%s") % (info["ip"], info["iopub_port"]))

    def hear(self):
        frames = self.socket.recv_multipart(flags=zmq.NOBLOCK, copy=False)
        at = next((i for i, frame in enumerate(frames) if len(frame) == 9 and frame.bytes == b"<IDS|MSG>"), None)
        if at is None or len(frames) < at + 6:
            return
        header = frames[at + 2].bytes
        if not any(kind in header for kind in (b'"status"', b'"error"', b'"shutdown_reply"')):
            return
        header = json.loads(header)
        kind, parent = header["msg_type"], json.loads(frames[at + 3].bytes)
        is_work = parent.get("msg_type") == "execute_request"
        if kind == "shutdown_reply":
            say("event", "told", self.kernel)
        elif kind == "error" and is_work:
            say("event", "failed", self.kernel, parent["msg_id"])
        elif kind == "status":
            state = json.loads(frames[at + 5].bytes)["execution_state"]
            is_new = header["session"] != self.publisher
            if is_work or is_new or state == "starting" or self.told_state == "starting":
                self.publisher, self.told_state = header["session"], state
                say("event", "state", self.kernel, state, parent.get("msg_id", ""), is_work, self.publisher)


def processes_of(paths):
    """Which process serves which connection file: its command line names it (Linux: proc(5); none elsewhere)."""
    found = {}
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(folder + "/cmdline", "rb") as file:
                words = os.fsdecode(file.read()).split("\0")
        except OSError:
            continue
        for path in paths:
            if path in words and path not in found:
                found[path] = int(folder[6:])
    return found


def look(context, poller, heard):
    """Begins to listen to kernels that are new and ends it for those that are gone. True: something changed."""
    there = {}
    for path in glob.glob(os.path.join(glob.escape(RUNTIME), PREFIX + "*" + SUFFIX)):
        try:
            there[os.path.basename(path)[len(PREFIX) : -len(SUFFIX)]] = (path, os.stat(path).st_mtime)
        except OSError:
            continue
    changed = False
    for kernel in list(heard):
        if kernel not in there or there[kernel][1] != heard[kernel].stamp:
            gone = heard.pop(kernel)
            poller.unregister(gone.socket)
            gone.socket.close()
            changed = True
    for kernel, (path, stamp) in there.items():
        if kernel in heard:
            continue
        try:
            heard[kernel] = Heard(context, kernel, path, stamp)
        except (OSError, ValueError, KeyError):
            continue
        poller.register(heard[kernel].socket, zmq.POLLIN)
        changed = True
    return changed


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def main():
    context = zmq.Context(io_threads=1)
    poller = zmq.Poller()
    # Its error says that nobody reads any more what is written here.
    poller.register(1, zmq.POLLERR)
    heard = {}
    looked = told = searched = -SEARCH_EVERY_S
    say("event", "listening")
    while True:
        now = time.monotonic()
        if now - looked >= LOOK_EVERY_S:
            looked = now
            if not runs(SERVER):
                return
            if look(context, poller, heard):
                say("event", "kernels")
            for one in heard.values():
                if one.process is not None and not runs(one.process):
                    one.process, one.lost = None, now
            lost = [one for one in heard.values() if one.process is None]
            is_soon = any(now - one.lost < SOON_S for one in lost)
            if lost and (is_soon or now - searched >= SEARCH_EVERY_S):
                searched = now
                found = processes_of([one.path for one in lost])
                for one in lost:
                    one.process = found.get(one.path)
                    if one.process is not None:
                        say("event", "process", one.kernel, one.process)
        if now - told >= SIGN_OF_LIFE_EVERY_S:
            told = now
            say("event", "alive")
        by_socket = {one.socket: one for one in heard.values()}
        for source, flags in poller.poll(1000):
            if source == 1:
                return
            try:
                by_socket[source].hear()
            except zmq.Again:
                continue
            except (ValueError, KeyError, TypeError):
                continue


try:
    main()
except (OSError, KeyboardInterrupt):
    # Nobody reads any more.
    os._exit(0)
