"""A desktop's notification daemon without the desktop: holds what is to be shown, and clicks it, as told on standard input.

Speaks org.freedesktop.Notifications (Desktop Notifications Specification 1.2). Each request is one line of JSON, each
answer too: {"do": "shown"}, {"do": "click", "id": 1}. The first line that it prints says that it is there.
"""

import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
CLICKED = 2


class Daemon(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/org/freedesktop/Notifications")
        self.shown = {}
        self.last = 0

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return ("stand-in", "Nuvem's tests", "1", "1.2")

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body"]

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        self.last = int(replaces) or self.last + 1
        self.shown[self.last] = {"title": str(title), "body": str(body)}
        return self.last

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, id):
        self.close(int(id), 3)

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, id, reason):
        pass

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, id, action):
        pass

    def close(self, id, reason):
        if self.shown.pop(id, None) is not None:
            self.NotificationClosed(id, reason)

    def answer(self, request):
        if request["do"] == "shown":
            return [{"id": id, **shown} for id, shown in self.shown.items()]
        self.ActionInvoked(request["id"], "default")
        return self.close(request["id"], CLICKED)


def main():
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    name = dbus.service.BusName(NAME, bus)
    daemon = Daemon(bus)
    loop = GLib.MainLoop()

    def read(source, condition):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        try:
            answer = {"value": daemon.answer(json.loads(line))}
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
        return True

    GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, read)
    print(json.dumps({"value": str(name.get_name())}), flush=True)
    loop.run()


main()
