import { spawn } from 'node:child_process';
import { lastWill } from './last-will';

/** A port where connections get no answer at all, as behind a firewall that drops packets. */
export interface DeafPort {
  readonly port: number;
  stop(): Promise<void>;
}

/** Fills the queue of a listener that never accepts: Linux then drops whoever knocks. Call `stop()` when done. */
const program = `
import socket, sys
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(0)
waiting = []
for _ in range(4):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(server.getsockname())
    waiting.append(client)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** Starts it. */
export async function startDeafPort(): Promise<DeafPort> {
  const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number(text)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the deaf port ended with ${code}`)));
  });
  return {
    port,
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await exited;
    },
  };
}
