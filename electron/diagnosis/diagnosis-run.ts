import { AppError } from '../../shared/errors/app-error';
import type { Finding } from '../../shared/model/diagnosis-finding';
import type { LogEntry } from '../../shared/model/log-entry';
import type { AttemptPrompt, LookPrompt, PromptAnswer } from '../../shared/model/prompt';
import { type Hop, targetOf, type Way, withIdentity } from '../../shared/model/way';
import type { AttemptLog, OverProxy } from '../connection/attempt';
import type { AttemptHost } from '../connection/attempt-host';
import { CommandConsent } from '../connection/command-consent';
import { HopLogin, type HopLoginDeps } from '../connection/hop-login';
import { ProxySignIn } from '../connection/proxy-sign-in';
import type { Transport } from '../connection/transport';
import { factOf, runRemoteScript } from '../jupyter/remote-script';
import type { Clock } from '../system/clock';
import { type Course, type CourseEvent, currentStep } from './course';
import { explain, type Surroundings } from './explain';
import { type CheckResult, Inside } from './inside';
import { permissionsFinding } from './permissions';
import { type DiagnosisMode, planOf, routePlan } from './plan';
import permissionsScript from './remote/permissions.sh?raw';

export interface DiagnosisRunDeps extends Omit<HopLoginDeps, 'log'> {
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
  /** @throws machine-not-found, jump-loop, jump-machine-missing */
  readonly wayTo: () => Way;
  readonly surroundings: () => Promise<Surroundings>;
  /** True when others may read the key file: OpenSSH would not use it. */
  readonly isKeyOpenToOthers: (path: string) => Promise<boolean>;
  /** Fingerprints of the keys that the machine refused before. */
  readonly refusedKeys: readonly string[];
  readonly course: () => Course;
  readonly dispatch: (event: CourseEvent) => void;
  /** Shows a question and waits for its answer; rejects with `cancelled`. */
  readonly ask: (prompt: LookPrompt) => Promise<PromptAnswer>;
}

/**
 * One look at the whole way into a machine: the very login that a connection makes, once, watched by its log; then
 * a look around inside. It writes neither known_hosts nor the vault.
 */
export class DiagnosisRun {
  #sequence = 0;
  /** A server has let nobody in because the password has expired. */
  #wantsNewPassword = false;

  constructor(
    private readonly mode: DiagnosisMode,
    private readonly deps: DiagnosisRunDeps,
    private readonly signal: AbortSignal,
  ) {}

  /** Never rejects: what fails is a finding. Leaves nothing open. */
  async run(): Promise<void> {
    const { dispatch } = this.deps;
    let hop: Hop | null = null;
    let transport: Transport | null = null;
    const logins: HopLogin[] = [];
    try {
      dispatch({ kind: 'started', steps: routePlan });
      dispatch({ kind: 'stepBegan', stepId: 'here/route' });
      const way = this.#way();
      dispatch({ kind: 'planned', steps: planOf(way, this.mode) });
      dispatch({ kind: 'stepEnded', finding: null });
      logins.push(...way.hops.map((target, index) => this.#login(target, index, way.hops.length)));
      for (const [index, login] of logins.entries()) {
        hop = way.hops[index] ?? null;
        await this.#prove(login, index, way.hops[index]);
      }
      hop = way.hops[0];
      const proxy = await this.#proxyAccess(way);
      for (const [index, login] of logins.entries()) {
        hop = way.hops[index] ?? null;
        this.#beginReaching(index);
        transport = await this.#logIn(login, transport === null ? proxy : null, transport);
        this.#assertGoingOn();
      }
      if (transport === null) throw new AppError('internal');
      await (this.mode === 'full' ? this.#lookAround : this.#lookAtKeys)(transport, targetOf(way));
      dispatch({ kind: 'completed' });
    } catch (thrown) {
      await this.#fail(AppError.from(thrown), hop);
    } finally {
      transport?.close();
      for (const login of logins) login.forget();
    }
  }

  #way(): Way {
    const way = this.deps.wayTo();
    if (this.mode === 'full') return way;
    return withIdentity(way, { kind: 'password' });
  }

  #login(target: Hop, index: number, count: number): HopLogin {
    return new HopLogin(target, { number: index + 1, count }, { ...this.deps, log: this.#log(index) });
  }

  #log(hop: number): AttemptLog {
    return (code, { hop: _, ...params } = {}, level = 'info') => {
      this.#sequence += 1;
      const entry: LogEntry = {
        sequence: this.#sequence,
        atMs: this.deps.clock.nowMs(),
        level,
        code,
        params,
      };
      this.deps.dispatch({ kind: 'logged', hop, entry });
    };
  }

  async #prove(login: HopLogin, index: number, target: Hop | undefined): Promise<void> {
    const { dispatch, isKeyOpenToOthers } = this.deps;
    dispatch({ kind: 'stepBegan', stepId: `${index}/identity` });
    await login.prove(this.#host());
    const identity = target?.identity;
    const isOpen = identity?.kind === 'keyFile' && (await isKeyOpenToOthers(identity.path));
    dispatch({
      kind: 'stepEnded',
      finding: isOpen
        ? { code: 'key-open-to-others', params: { path: identity.path }, quotes: [], commands: [] }
        : null,
    });
    this.#assertGoingOn();
  }

  async #proxyAccess({ proxy, hops }: Way): Promise<OverProxy | null> {
    if (proxy === null) return null;
    this.#beginReaching(0);
    if (proxy.kind === 'command') return new CommandConsent(proxy, hops[0], this.deps).access(this.#host());
    return new ProxySignIn(proxy, this.deps.vault, this.#log(0)).access(this.#host());
  }

  /** The first thing to do with a hop; what follows is told by the log. */
  #beginReaching(hop: number): void {
    const step = this.deps.course().steps.find(({ hop: of, kind }) => of === hop && kind !== 'identity');
    if (step?.state.kind === 'pending') this.deps.dispatch({ kind: 'stepBegan', stepId: step.id });
  }

  async #logIn(login: HopLogin, proxy: OverProxy | null, over: Transport | null): Promise<Transport> {
    const attempt = () => login.logIn({ over, proxy }, this.signal, this.#host());
    try {
      return await attempt();
    } catch (thrown) {
      const error = AppError.from(thrown);
      const question = error.code === 'host-key-not-accepted' ? login.questionAfter(error) : null;
      if (question?.kind !== 'hostKey') throw this.#leaving(over, error);
      const answer = await this.deps.ask(question).catch((cancelled) => {
        throw this.#leaving(over, AppError.from(cancelled));
      });
      if (answer.kind !== 'hostKey' || !answer.isAccepted) throw this.#leaving(over, error);
      login.acceptHostKey();
      return attempt().catch((again) => {
        throw this.#leaving(over, AppError.from(again));
      });
    }
  }

  /** The hop before is of no use without the next one. */
  #leaving(over: Transport | null, error: AppError): AppError {
    over?.close();
    return error;
  }

  #host(): AttemptHost {
    return {
      onAuthenticating: () => undefined,
      ask: (prompt) => this.#ask(prompt),
      mayStartInstances: false,
    };
  }

  /** A new password would change something, so nobody is asked for one; nor is anything started. */
  async #ask(prompt: AttemptPrompt): Promise<PromptAnswer> {
    if (prompt.kind === 'startInstance')
      throw new AppError('instance-stopped', { instance: prompt.instance });
    if (prompt.kind !== 'newPassword') return this.deps.ask(prompt);
    this.#wantsNewPassword = true;
    throw new AppError('cancelled');
  }

  #lookAround = async (transport: Transport, target: Hop): Promise<void> => {
    const last = this.deps.course().steps.at(-1)?.hop ?? 0;
    const inside = new Inside(transport, target, this.deps, this.signal);
    const check = (kind: string, look: () => CheckResult | Promise<CheckResult>) =>
      this.#check(`${last}/${kind}`, look);
    // Where no command runs, forwarding may still be all that the account is for.
    const hasShell = await check('command', () => inside.command());
    await check('storage', () => (hasShell ? inside.storage() : 'untold'));
    await check('clock', () => inside.clock());
    await check('tcpForwarding', () => inside.tcpForwarding());
    await check('socketForwarding', () => inside.socketForwarding());
  };

  /** True unless the check found a failure. */
  async #check(stepId: string, look: () => CheckResult | Promise<CheckResult>): Promise<boolean> {
    const { dispatch } = this.deps;
    this.#assertGoingOn();
    dispatch({ kind: 'stepBegan', stepId });
    const result = await look();
    if (result === 'untold') dispatch({ kind: 'stepSkipped' });
    else dispatch({ kind: 'stepEnded', finding: result });
    return result === null || (result !== 'untold' && result.code === 'shell-chatty');
  }

  #lookAtKeys = async (transport: Transport, target: Hop): Promise<void> => {
    const { course, random, refusedKeys } = this.deps;
    const last = course().steps.at(-1)?.hop ?? 0;
    await this.#check(`${last}/permissions`, async () => {
      const script = { text: permissionsScript, values: {} };
      const facts = await runRemoteScript(transport, script, random, { signal: this.signal });
      if (factOf(facts, 'end') === undefined) return 'untold';
      return permissionsFinding(facts, refusedKeys, { host: target.host, user: target.user });
    });
  };

  #assertGoingOn(): void {
    if (this.signal.aborted) throw new AppError('cancelled');
  }

  async #fail(error: AppError, hop: Hop | null): Promise<void> {
    const { dispatch, course, surroundings } = this.deps;
    if (this.signal.aborted) return dispatch({ kind: 'stopped' });
    const facts = await surroundings();
    const current = course();
    const step = current.kind === 'running' ? currentStep(current) : null;
    const at = step ?? current.steps.find(({ state }) => state.kind === 'pending');
    if (at === undefined) return dispatch({ kind: 'completed' });
    const steps = current.steps.filter((other) => other.hop === at.hop);
    const finding: Finding = explain(error, {
      ...facts,
      ...{ hop, step: at, steps, wantsNewPassword: this.#wantsNewPassword },
    });
    dispatch({ kind: 'failed', finding });
  }
}
