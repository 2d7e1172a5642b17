import type { AppError } from '../../shared/errors/app-error';
import type { ProxyServer } from '../../shared/model/machine';
import type { SecretPrompt } from '../../shared/model/prompt';
import { proxyPasswordKey, type Vault } from '../vault/vault';
import type { AttemptLog, OverProxyServer } from './attempt';
import type { AttemptHost } from './attempt-host';
import { ConnectionSecrets, type GivenSecret } from './connection-secrets';
import { passwordPrompt, secretOf } from './prompts';

/** A proxy as people write it: `host:port`. */
export const proxyName = ({ host, port }: ProxyServer): string => `${host}:${port}`;

/** Gets the password of a proxy that wants one, and keeps it between the attempts of one connection. */
export class ProxySignIn {
  readonly #secrets: ConnectionSecrets;

  constructor(
    private readonly proxy: ProxyServer,
    vault: Vault,
    log: AttemptLog,
  ) {
    this.#secrets = new ConnectionSecrets(vault, log);
  }

  /** What an attempt needs to go through the proxy; asks the user for the password if need be. */
  async access(host: AttemptHost): Promise<OverProxyServer> {
    const { proxy } = this;
    if (proxy.user === '') return { kind: 'server', proxy, password: '' };
    const ask = async () => secretOf(await host.ask(this.#prompt(false)));
    return { kind: 'server', proxy, password: await this.#secrets.password(proxyPasswordKey(proxy), ask) };
  }

  /** The question that `error` leads to, if any. */
  questionAfter(error: AppError): SecretPrompt | null {
    if (error.code !== 'proxy-sign-in-refused') return null;
    this.#secrets.passwordRefused(proxyPasswordKey(this.proxy));
    return this.#prompt(true);
  }

  holdPassword(given: GivenSecret): void {
    this.#secrets.holdPassword(proxyPasswordKey(this.proxy), given);
  }

  /** Call once the proxy has let a connection through. Never rejects. */
  async keepWhatWorked(): Promise<void> {
    await this.#secrets.remember();
  }

  forget(): void {
    this.#secrets.forget();
  }

  #prompt(wasWrong: boolean): SecretPrompt {
    const prompt = passwordPrompt(this.proxy, wasWrong, this.#secrets.canRemember);
    return { ...prompt, hop: proxyName(this.proxy) };
  }
}
