"""A machine's own pages for tests: links, redirects, windows, TLS. Usage: site.py CERTIFICATE KEY"""

import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = {
    "/": "<title>Cluster monitor</title><h1>Monitor</h1>"
    '<a id="next" href="/second">next</a> '
    '<a id="window" href="/second" target="_blank" rel="noopener">in a window</a> '
    '<a id="inside" href="/away">a node</a> '
    '<a id="plain" href="http://example.org/">outside</a>',
    "/second": "<title>Second page</title><h1>Second</h1>",
    "/node": "<title>A node</title><h1>Node</h1>",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/away":
            self.send_response(302)
            # A name that means something on the machine alone: see its /etc/hosts.
            self.send_header("Location", "http://ip-10-0-0-1.ec2.internal:8042/node")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = PAGES.get(path)
        data = ("<!doctype html><html lang=en>" + (body or "<h1>404</h1>")).encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def serve(server):
    threading.Thread(target=server.serve_forever, daemon=False).start()


secure = ThreadingHTTPServer(("127.0.0.1", 9443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
serve(ThreadingHTTPServer(("127.0.0.1", 8088), Handler))
serve(ThreadingHTTPServer(("127.0.0.1", 8042), Handler))
serve(secure)
print("ready", flush=True)
