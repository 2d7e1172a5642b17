"""A desktop's tray without the desktop: shows StatusNotifierItems and works their menus, as told on standard input.

Speaks org.kde.StatusNotifierWatcher (freedesktop StatusNotifierItem specification) and com.canonical.dbusmenu.
Each request is one line of JSON, each answer too: {"do": "menu"}, {"do": "press", "path": ["Lab", "Connect"]},
{"do": "activate"}. The first line that it prints says that it is there.
"""

import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/StatusNotifierWatcher")
        self.bus = bus
        self.items = []

    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender):
        is_path = service.startswith("/")
        self.items.append((sender, service) if is_path else (service, "/StatusNotifierItem"))
        self.StatusNotifierItemRegistered(service)

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, service):
        pass

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {
            "IsStatusNotifierHostRegistered": True,
            "ProtocolVersion": dbus.Int32(0),
            "RegisteredStatusNotifierItems": dbus.Array([name for name, _ in self.items], signature="s"),
        }

    def item(self):
        name, path = self.items[-1]
        return self.bus.get_object(name, path)

    def menu(self):
        path = self.item().Get(ITEM, "Menu", dbus_interface=PROPERTIES)
        return dbus.Interface(self.bus.get_object(self.items[-1][0], path), MENU)

    def entries(self, node=None):
        if node is None:
            _, node = self.menu().GetLayout(0, -1, dbus.Array([], signature="s"))
        return [
            {
                "id": int(child[0]),
                "label": str(child[1].get("label", "")),
                "isEnabled": bool(child[1].get("enabled", True)),
                "entries": self.entries(child),
            }
            for child in node[2]
        ]

    def press(self, path):
        entries = self.entries()
        for start in path:
            entry = next(entry for entry in entries if entry["label"].startswith(start))
            entries = entry["entries"]
        self.menu().Event(entry["id"], "clicked", dbus.Int32(0), dbus.UInt32(0))

    def answer(self, request):
        if request["do"] == "menu":
            return self.entries()
        if request["do"] == "press":
            return self.press(request["path"])
        return self.item().Activate(0, 0, dbus_interface=ITEM)


def main():
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    name = dbus.service.BusName(WATCHER, bus)
    watcher = Watcher(bus)
    loop = GLib.MainLoop()

    def read(source, condition):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        try:
            answer = {"value": watcher.answer(json.loads(line))}
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
        return True

    GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, read)
    print(json.dumps({"value": str(name.get_name())}), flush=True)
    loop.run()


main()
