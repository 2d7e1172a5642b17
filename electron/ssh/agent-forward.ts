import { connect } from 'node:net';
import type { Client } from 'ssh2';
import { forwardAgentTo } from './ssh2-internals';

/**
 * Lets programs that `client` starts on the server use the agent at `socketPath`: `auth-agent-req@openssh.com` is
 * asked for with each of them. A server that forbids it is not an error, as with OpenSSH.
 */
export function forwardAgent(client: Client, socketPath: string): void {
  forwardAgentTo(client, (onOpened) => {
    const socket = connect(socketPath);
    socket.once('connect', () => onOpened(null, socket));
    socket.on('error', (error) => onOpened(error));
    // ssh2 pipes the server's channel into the agent's socket: when the agent goes, so does the channel.
    socket.once('pipe', (channel) => socket.once('close', () => channel.destroy()));
  });
}
