import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Runs a command as soon as this process is dead, however it died: a peer must not outlive its test, and a
 * killed test worker runs no exit handlers. The returned function takes the will back.
 */
export function lastWill(command: readonly string[]): () => void {
  const watcher = spawn('sh', ['-c', 'read -r _; exec "$@" 2>/dev/null', 'last-will', ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return () => watcher.kill('SIGKILL');
}
