"""
Stands between Nuvem and one Jupyter server, on the server's machine, and keeps what kernels say while nobody listens.
Needs Python 3.7 and nothing else. Holds nothing open that whoever started it had open. Ends by itself when the server
has ended.

`<any>/nuvem-kept/streams/<id>?received=<count>&isNew=<yes|no>`: a stream of chunks (see stream.py) to the server.
`<any>/nuvem-kept/kernels/<id>`: the executions of a kernel. `<any>/nuvem-kept/executions/<id>?from=<count>`: what one
put out. Both only with an authorization that the server itself has accepted.
`<base>/nuvem-kept/idle`: since when nothing ran, and what happens then; by PUT with `kind` and `afterSeconds` another rule,
with `keep` as if a cell had been run now. PUT, because no foreign page can cause it without being asked about first (CORS).
"""
import asyncio
import hmac
import json
import os
import ssl
import sys
import time
from urllib.parse import parse_qs, unquote, urlsplit

from executions import Executions
from idle import IdleWatch
from stream import Stream

LOOK_EVERY_SECONDS = 5
PROCESS_LOOK_EVERY_SECONDS = 1
REFUSALS_THAT_COUNT = 6
AWAY_SECONDS = 7 * 24 * 3600
STREAMS_AT_MOST = 256
POLL_SECONDS = 20


class Keeper:
    def __init__(self, settings, server_pid, idle_rule_file, idle_ended_file):
        """`server_pid` is 0 when the server's process is not in sight, as in a container."""
        self.settings = settings
        self._server_pid = server_pid
        self.executions = Executions(settings["executionBytes"], settings["allBytes"])
        self._streams = {}
        self._accepted = set()
        self.idle = IdleWatch(self.connect, idle_rule_file, idle_ended_file, settings["serverFolder"])

    def accept(self, authorization):
        self._accepted.add(authorization.encode("latin-1"))

    async def connect(self):
        """A connection to the server. Raises OSError when there is none."""
        settings = self.settings
        tls = None
        if settings["isTls"]:
            # The bytes do not leave the machine, and a server on it mostly signed its certificate itself.
            tls = ssl.create_default_context()
            tls.check_hostname = False
            tls.verify_mode = ssl.CERT_NONE
        if settings["serverSocket"]:
            return await asyncio.open_unix_connection(
                settings["serverSocket"], ssl=tls, server_hostname="localhost" if tls else None
            )
        return await asyncio.open_connection(settings["serverHost"], settings["serverPort"], ssl=tls)

    async def serve(self, reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            lines = head.decode("latin-1").split("\r\n")
            method, target = lines[0].split(" ")[:2]
            url = urlsplit(target)
            headers = dict(line.lower().split(":", 1) for line in lines[1:] if ":" in line)
            authorization = next(
                (line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("authorization:")), ""
            ).encode("latin-1")
            path = [unquote(part) for part in url.path.rpartition("/nuvem-kept/")[2].split("/")]
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            if len(path) == 2 and path[0] == "streams" and "upgrade" in headers:
                await self._serve_stream(reader, writer, path[1], query)
            elif path == ["idle"]:
                await self._serve_idle(writer, method, url.path.rpartition("/nuvem-kept/")[0], authorization, query)
            elif not any(hmac.compare_digest(authorization, one) for one in self._accepted):
                answer(writer, 403, {})
            elif len(path) == 2 and path[0] == "kernels":
                answer(writer, 200, [summary(one) for one in self.executions.of(path[1])])
            elif len(path) == 2 and path[0] == "executions":
                await self._serve_events(writer, path[1], int(query.get("from", "0")))
            else:
                answer(writer, 404, {})
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError):
            pass
        except (OSError, IndexError, KeyError, ValueError):
            pass
        finally:
            writer.close()

    async def _serve_stream(self, reader, writer, stream_id, query):
        stream = self._streams.get(stream_id)
        if stream is None and query.get("isNew") == "yes" and len(stream_id) >= 20:
            if len(self._streams) >= STREAMS_AT_MOST:
                self._forget_longest_away()
            try:
                stream = Stream(self, await self.connect())
            except OSError:
                return answer(writer, 502, {})
            self._streams[stream_id] = stream
        if stream is None:
            return answer(writer, 410, {})
        try:
            await stream.attach(reader, writer, int(query.get("received", "0")))
        except ValueError:
            answer(writer, 410, {})
        self._forget_finished()

    async def _serve_events(self, writer, execution_id, count):
        execution = self.executions.get(execution_id)
        if execution is None:
            return answer(writer, 404, {})
        events = await execution.events_after(count, POLL_SECONDS)
        lost = execution.lost
        gap = self.settings["gapText"].replace("{count}", str(lost)) if lost else None
        told = dict(summary(execution), events=events, next=execution.total, gap=gap)
        return answer(writer, 200, told)

    async def _serve_idle(self, writer, method, base, authorization, query):
        if not await self.idle.admit(base, authorization.decode("latin-1")):
            return answer(writer, 403, {})
        if method == "PUT" and "keep" in query:
            self.idle.keep()
        elif method == "PUT":
            self.idle.set(query["kind"], float(query["afterSeconds"]))
        return answer(writer, 200, await self.idle.tell())

    def _forget_longest_away(self):
        away = [(stream.changed_at, key) for key, stream in self._streams.items() if stream.is_away]
        if away:
            self._streams.pop(min(away)[1]).close()

    def _forget_finished(self):
        for key, stream in list(self._streams.items()):
            is_forgotten = stream.is_away and time.monotonic() - stream.changed_at > AWAY_SECONDS
            if stream.is_finished or is_forgotten:
                self._streams.pop(key).close()

    async def until_server_ends(self):
        """Resolves soon after the server's process has ended, or when the server answers no more for half a minute."""
        ends = [asyncio.ensure_future(self._until_server_refuses())]
        if is_running(self._server_pid):
            ends.append(asyncio.ensure_future(self._until_process_ends()))
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()

    async def _until_process_ends(self):
        while is_running(self._server_pid):
            await asyncio.sleep(PROCESS_LOOK_EVERY_SECONDS)

    async def _until_server_refuses(self):
        refusals = 0
        while refusals < REFUSALS_THAT_COUNT:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            self._forget_finished()
            try:
                _, writer = await asyncio.wait_for(self.connect(), 30)
                writer.close()
                refusals = 0
            except asyncio.TimeoutError:
                pass
            except FileNotFoundError:
                # A server removes its socket as the last thing it does.
                return
            except OSError:
                refusals += 1


def close_inherited():
    """What started the keeper would not be seen to end, by whoever waits for that, while the keeper holds its pipes."""
    for name in os.listdir("/dev/fd"):
        if int(name) > 2:
            try:
                os.close(int(name))
            except OSError:
                pass


def is_running(pid):
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def summary(execution):
    return {
        "id": execution.id,
        "cellId": execution.cell_id,
        "code": execution.code,
        "count": execution.count,
        "startedAt": execution.started_at,
        "changedAt": execution.changed_at,
        "isRunning": execution.is_running,
    }


def answer(writer, status, value):
    body = json.dumps(value).encode()
    head = "HTTP/1.1 {} Answer\r\nContent-Type: application/json\r\nContent-Length: {}\r\n".format(status, len(body))
    writer.write((head + "Cache-Control: no-store\r\nConnection: close\r\n\r\n").encode() + body)


async def main(folder, server_pid):
    os.umask(0o077)
    with open(os.path.join(folder, "settings.json")) as file:
        settings = json.load(file)
    keepers, server = os.path.dirname(os.path.abspath(folder)), settings["serverKey"]
    idle_rule, idle_ended = (os.path.join(keepers, "%s-%s.json" % (name, server)) for name in ("idle", "ended"))
    keeper = Keeper(settings, server_pid, idle_rule, idle_ended)
    if settings["serverSocket"]:
        await asyncio.start_unix_server(keeper.serve, os.path.join(folder, "s"), limit=1 << 17)
        port = 0
    else:
        server = await asyncio.start_server(keeper.serve, "127.0.0.1", 0, limit=1 << 17)
        port = server.sockets[0].getsockname()[1]
    ready = os.path.join(folder, "ready")
    with open(ready + ".new", "w") as file:
        file.write(str(port))
    os.rename(ready + ".new", ready)
    watching = asyncio.ensure_future(keeper.idle.watch())
    await keeper.until_server_ends()
    watching.cancel()
    keeper.idle.forget()


if __name__ == "__main__":
    close_inherited()
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
