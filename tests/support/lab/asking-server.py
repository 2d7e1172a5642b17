"""An SSH server of AsyncSSH that asks its users: argv[1] is what `AskingServerOptions` says, as JSON."""

import asyncio
import json
import sys
import warnings

warnings.simplefilter("ignore")
import asyncssh  # noqa: E402

options = json.loads(sys.argv[1])


class AskingServer(asyncssh.SSHServer):
    def __init__(self):
        self.round = 0
        self.password = options["password"]

    def begin_auth(self, username):
        return True

    def public_key_auth_supported(self):
        return False

    def kbdint_auth_supported(self):
        return len(options["rounds"]) > 0

    def get_kbdint_challenge(self, username, lang, submethods):
        return self.challenge()

    def challenge(self):
        asked = options["rounds"][self.round]
        return asked["title"], asked["instructions"], "", [tuple(prompt) for prompt in asked["prompts"]]

    def validate_kbdint_response(self, username, responses):
        if list(responses) != options["rounds"][self.round]["answers"]:
            return False
        self.round += 1
        return True if self.round == len(options["rounds"]) else self.challenge()

    def password_auth_supported(self):
        return self.password != ""

    def validate_password(self, username, password):
        if password != self.password:
            return False
        if options["newPassword"] != "":
            raise asyncssh.PasswordChangeRequired("Your password has expired.")
        return True

    def change_password(self, username, old_password, new_password):
        return old_password == self.password and new_password == options["newPassword"]

    def connection_requested(self, dest_host, dest_port, orig_host, orig_port):
        return True


async def run_command(process):
    process.stdout.write("in\n")
    process.exit(0)


async def main():
    server = await asyncssh.create_server(
        AskingServer,
        "127.0.0.1",
        0,
        server_host_keys=[options["hostKeyPath"]],
        process_factory=run_command,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
