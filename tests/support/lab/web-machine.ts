import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labPeer } from '../setup/peers';
import type { AppProfile } from './app';
import { makeLabNetwork } from './lab-network';
import { lastWill } from './last-will';
import type { MachineForm } from './machine-form';
import { runCommand } from './run-command';
import { startSshd } from './sshd';
import { makeTempFolder } from './temp-folder';

/** A machine in a network of its own, whose loopback nobody but its own programs and its sshd can reach. */
export interface WebMachine {
  readonly form: MachineForm;
  /** Its user's home folder. */
  readonly home: string;
  /** Starts TensorBoard on port 6006 of its loopback. */
  startTensorBoard(): Promise<void>;
  /** Starts a Streamlit app with one button on port 8501 of its loopback. */
  startStreamlit(): Promise<void>;
  /** Starts `site.py` with a new certificate: http on 8088 and, under another name, 8042, https on 9443. */
  startSite(): Promise<void>;
  stopSite(): Promise<void>;
  /** Whether its sshd lets anybody in. */
  setReachable(isReachable: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A name that means something on the machine alone. */
const nameInside = 'ip-10-0-0-1.ec2.internal';

const streamlitApp = `
import streamlit as st
st.title("Counter")
st.session_state.setdefault("count", 0)
if st.button("Press"):
    st.session_state.count += 1
st.write(f"pressed {st.session_state.count}")
`;

/** Starts the machine alone; the user of `profile` trusts its host key already. Needs root, as namespaces do. */
export async function startWebMachine(name: string, profile: AppProfile): Promise<WebMachine> {
  const network = await makeLabNetwork();
  // What `ip netns exec` shows its programs as /etc/hosts (ip-netns(8)).
  const ownNames = join('/etc/netns', network.enter.at(-1) ?? '');
  await mkdir(ownNames, { recursive: true });
  await writeFile(join(ownNames, 'hosts'), `127.0.0.1 localhost ${nameInside}\n`);
  const forgetNames = lastWill(['rm', '-r', ownNames]);
  const folder = await makeTempFolder('web-machine');
  const sshd = await startSshd({ network, config: [`SetEnv HOME=${folder.path}`] });
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  const { host, port, user, clientKeyPath } = sshd;
  const children = new Set<ChildProcess>();
  let site: ChildProcess | null = null;

  const run = (program: string, args: readonly string[]): ChildProcess => {
    const [enter = '', ...rest] = network.enter;
    const child = spawn(enter, [...rest, program, ...args], {
      cwd: folder.path,
      env: { ...process.env, HOME: folder.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
    children.add(child);
    return child;
  };
  const end = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      children.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  const untilItAnswers = async (child: ChildProcess, ofPort: number): Promise<void> => {
    const url = `http://127.0.0.1:${ofPort}/`;
    const curl = [
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '--retry',
      '120',
      '--retry-delay',
      '1',
      '--retry-connrefused',
      url,
    ];
    await Promise.race([
      runCommand(network.enter[0] ?? '', [...network.enter.slice(1), ...curl]),
      new Promise((_, reject) => child.once('exit', () => reject(new Error(`${url} ended`)))),
    ]);
  };

  return {
    form: { name, host, port, user, identity: { keyFile: clientKeyPath } },
    home: folder.path,
    startTensorBoard: async () => {
      await mkdir(join(folder.path, 'runs'), { recursive: true });
      const program = join(labPeer('webapps').binFolder, 'tensorboard');
      await untilItAnswers(run(program, ['--logdir', 'runs', '--port', '6006', '--host', '127.0.0.1']), 6006);
    },
    startStreamlit: async () => {
      await writeFile(join(folder.path, 'app.py'), streamlitApp);
      const program = join(labPeer('webapps').binFolder, 'streamlit');
      const options = { address: '127.0.0.1', port: '8501', headless: 'true', fileWatcherType: 'none' };
      const args = Object.entries(options).map(([key, value]) => `--server.${key}=${value}`);
      const quiet = '--browser.gatherUsageStats=false';
      await untilItAnswers(run(program, ['run', 'app.py', ...args, quiet]), 8501);
    },
    startSite: async () => {
      const [certificate, key] = [join(folder.path, 'certificate.pem'), join(folder.path, 'key.pem')];
      const subject = ['-subj', '/O=Nuvem lab/CN=localhost', '-days', '30'];
      await runCommand('openssl', [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', key, '-out', certificate, ...subject],
      ]);
      const script = fileURLToPath(new URL('./site.py', import.meta.url));
      const child = run('/usr/bin/python3', [script, certificate, key]);
      site = child;
      await new Promise((resolve, reject) => {
        child.stdout?.once('data', resolve);
        child.once('exit', (code) => reject(new Error(`the site ended with ${code}`)));
      });
    },
    stopSite: async () => {
      if (site !== null) await end(site);
      site = null;
    },
    setReachable: (isReachable) => (isReachable ? sshd.restart() : sshd.stopListening()),
    stop: async () => {
      for (const child of children) await end(child);
      await sshd.stop();
      await network.remove();
      await rm(ownNames, { recursive: true });
      forgetNames();
      await folder.remove();
    },
  };
}
