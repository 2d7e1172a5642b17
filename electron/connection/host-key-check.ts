import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import { assertNever } from '../../shared/util/assert-never';
import { type Certificate, readCertificate } from '../trust/certificate';
import { type PrintedHostKey, verdictOfPrinted } from '../trust/printed-host-keys';
import { fingerprintOf, keyTypeOf } from '../trust/public-key';
import type { Verdict } from '../trust/verdict';
import type { AttemptLog } from './attempt';

/** The part of `HostTrust` that connections use. */
export interface HostKeyTrust {
  verdictFor(host: string, port: number, key: Buffer): Promise<Verdict>;
  certificateVerdictFor(host: string, port: number, certificate: Certificate): Promise<Verdict | null>;
  knowsAuthority(host: string, port: number): Promise<boolean>;
  knownKeyTypes(host: string, port: number): Promise<readonly string[]>;
  remember(host: string, port: number, key: Buffer): Promise<void>;
  replace(host: string, port: number, key: Buffer): Promise<void>;
}

/** The part of `SeenHostKeys` that connections use. */
export interface KeySightings {
  note(fingerprint: string): void;
}

/**
 * Judges the host keys that one machine offers, and keeps what the user accepted until the server has proven
 * to own it.
 */
export class HostKeyCheck {
  #offered: Buffer | null = null;
  #accepted: Buffer | null = null;
  #refusedAsUnknown: Buffer | null = null;
  /** Of the one key that may pass instead of a known one. */
  #replacementFingerprint: string | null = null;
  #replacement: Buffer | null = null;
  #printed: readonly PrintedHostKey[] = [];

  /** `route`: the names under which its keys are known. */
  constructor(
    private readonly route: Pick<Endpoint, 'host' | 'port'>,
    private readonly trust: HostKeyTrust,
    private readonly seen: KeySightings,
    private readonly log: AttemptLog,
  ) {}

  /** The key that was refused last because nobody has accepted it yet. */
  get unknownKey(): Buffer | null {
    return this.#refusedAsUnknown;
  }

  knownKeyTypes(): Promise<readonly string[]> {
    return this.trust.knownKeyTypes(this.route.host, this.route.port);
  }

  /** True: the host may show a certificate. */
  knowsAuthority(): Promise<boolean> {
    return this.trust.knowsAuthority(this.route.host, this.route.port);
  }

  /** What the machine is known to have printed decides about keys that nobody knows yet. */
  setPrinted(keys: readonly PrintedHostKey[]): void {
    this.#printed = keys;
  }

  /** Null lets the key pass. `shown`: a certificate of it. */
  async judge(key: Buffer, shown: Buffer | null): Promise<AppError | null> {
    const { host, port } = this.route;
    this.#refusedAsUnknown = null;
    this.#offered = key;
    const keyType = keyTypeOf(key) ?? '';
    const fingerprint = fingerprintOf(key);
    const certificate = shown && readCertificate(shown);
    const certified = certificate && (await this.trust.certificateVerdictFor(host, port, certificate));
    if (certificate) {
      const log = { keyId: certificate.keyId, authority: fingerprintOf(certificate.authority) };
      this.log(certified ? 'host-certificate-shown' : 'host-certificate-not-trusted', log);
    }
    const verdict = certified ?? (await this.trust.verdictFor(host, port, key));
    switch (verdict.kind) {
      case 'trusted': {
        const { file, line } = verdict;
        this.log('host-key-trusted', { keyType, fingerprint, file, line });
        return null;
      }
      case 'unknown':
        if (this.#accepted?.equals(key)) return null;
        switch (verdictOfPrinted(this.#printed, keyType, fingerprint)) {
          case 'vouched':
            this.#accepted = key;
            this.log('host-key-vouched', { keyType, fingerprint });
            return null;
          case 'contradicted':
            this.log('host-key-contradicted', { keyType, fingerprint }, 'error');
            return new AppError('host-key-not-of-instance', { host, keyType, fingerprint });
        }
        this.#refusedAsUnknown = key;
        this.log('host-key-unknown', { keyType, fingerprint });
        return new AppError('host-key-not-accepted', { host, port });
      case 'changed': {
        if (fingerprint === this.#replacementFingerprint) {
          this.#replacement = key;
          return null;
        }
        const { file, line, oldKeyType, oldFingerprint } = verdict;
        const params = { keyType, oldKeyType, oldFingerprint, newFingerprint: fingerprint, file, line };
        this.log('host-key-changed', params, 'error');
        return new AppError('host-key-changed', { host, port, ...params });
      }
      case 'revoked': {
        const params = { keyType, fingerprint, file: verdict.file, line: verdict.line };
        this.log('host-key-revoked', params, 'error');
        return new AppError('host-key-revoked', { host, port, ...params });
      }
      default:
        return assertNever(verdict);
    }
  }

  /** From now on exactly the key that was refused as unknown may pass. */
  accept(): void {
    this.#accepted = this.#refusedAsUnknown;
  }

  /** From now on the key of this fingerprint may pass although another one is known. */
  acceptChanged(fingerprint: string): void {
    this.#replacementFingerprint = fingerprint;
  }

  /** Call once a connection is ready, which proves the key: saves an accepted one. Never rejects. */
  async save(): Promise<void> {
    try {
      await this.#saveAccepted();
      if (this.#offered !== null) this.seen.note(fingerprintOf(this.#offered));
    } catch (error) {
      const { code, params } = AppError.from(error);
      this.log('host-key-not-saved', { errorCode: code, ...params }, 'warning');
    }
  }

  async #saveAccepted(): Promise<void> {
    const key = this.#replacement ?? this.#accepted;
    if (key === null) return;
    const { host, port } = this.route;
    if (key === this.#replacement) await this.trust.replace(host, port, key);
    else await this.trust.remember(host, port, key);
    this.#accepted = null;
    this.#replacement = null;
    this.#replacementFingerprint = null;
    this.log('host-key-saved', { keyType: keyTypeOf(key) ?? '', fingerprint: fingerprintOf(key) });
  }

  forget(): void {
    this.#accepted = null;
    this.#refusedAsUnknown = null;
    this.#replacement = null;
    this.#replacementFingerprint = null;
  }
}
