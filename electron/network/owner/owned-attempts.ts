import { AppError } from '../../../shared/errors/app-error';
import { assertNever } from '../../../shared/util/assert-never';
import type { AttemptInput, ConnectAttempt } from '../../connection/attempt';
import type { Transport } from '../../connection/transport';
import type { Credential } from '../../keys/prove-identity';
import type { HandlersOf } from '../peer';
import type { CredentialOffer, OwnerSide } from '../protocol';
import { reportThrown, thrownFrom } from '../thrown';
import { type ThreadShare, ThreadTransport } from './thread-transport';

type Handlers = HandlersOf<OwnerSide>;

/** An attempt and the transport that comes of it, which writes to the attempt's log as long as it lives. */
interface Owned {
  readonly input: AttemptInput;
  readonly transport: ThreadTransport;
}

/** The attempts that one network thread makes for us, and their transports. */
export class OwnedAttempts {
  readonly #owned = new Map<number, Owned>();

  constructor(private readonly share: ThreadShare) {}

  readonly connectAttempt: ConnectAttempt = async (input) => {
    const { route, over, credential, errorParams, signal } = input;
    const { host, port, user } = route;
    const attemptId = this.share.newId();
    const transport = new ThreadTransport(attemptId, this.share, { host, port, ...errorParams });
    this.#owned.set(attemptId, { input, transport });
    try {
      const { localAddress } = await this.share.peer.call(
        'connect',
        {
          attemptId,
          route: { host, port, user },
          overTransportId: over && transportIdOf(over),
          proxy: input.proxy,
          errorParams,
          credential: offerOf(credential),
          allowsOldAlgorithms: input.allowsOldAlgorithms,
          forwardedAgent: input.forwardedAgent,
          knownKeyTypes: input.knownKeyTypes,
          wantsHostCertificate: input.wantsHostCertificate,
        },
        signal,
      );
      transport.connected(localAddress);
      return transport;
    } catch (error) {
      this.#owned.delete(attemptId);
      throw error;
    }
  };

  /** The thread has ended, and all transports with it. */
  breakAll(error: AppError): void {
    const all = [...this.#owned.values()];
    this.#owned.clear();
    for (const { transport } of all) transport.ended(error);
  }

  readonly calls: Handlers['calls'] = {
    judgeHostKey: async ({ attemptId, key, certificate }) => {
      const refusal = await this.#input(attemptId).judgeHostKey(
        Buffer.from(key),
        certificate && Buffer.from(certificate),
      );
      return refusal && reportThrown(refusal);
    },
    sign: async ({ attemptId, keyIndex, data, algorithm }) => {
      const { credential } = this.#input(attemptId);
      const key = credential.kind === 'password' ? undefined : credential.keys[keyIndex];
      if (key === undefined) throw new AppError('internal');
      return new Uint8Array(await key.sign(Buffer.from(data), algorithm));
    },
    password: async ({ attemptId }) => this.#input(attemptId).password(),
    newPassword: async ({ attemptId, text }) => this.#input(attemptId).newPassword(text),
    answer: async ({ attemptId, asked }) => this.#input(attemptId).answer(asked),
  };

  readonly notes: Pick<Handlers['notes'], 'authenticating' | 'log' | 'transportClosed' | 'output'> = {
    authenticating: ({ attemptId }) => this.#owned.get(attemptId)?.input.onAuthenticating(),
    log: ({ attemptId, entry }) => this.#owned.get(attemptId)?.input.log(...entry),
    transportClosed: ({ transportId, error }) => {
      const owned = this.#owned.get(transportId);
      this.#owned.delete(transportId);
      owned?.transport.ended(error && AppError.from(thrownFrom(error)));
    },
    output: ({ execId, text }) => this.share.outputs.get(execId)?.(text),
  };

  /** @throws cancelled when nobody waits for the attempt any more */
  #input(attemptId: number): AttemptInput {
    const owned = this.#owned.get(attemptId);
    if (owned === undefined) throw new AppError('cancelled');
    return owned.input;
  }
}

/** @throws internal for a transport that is in no network thread */
export function transportIdOf(transport: Transport): number {
  if (!(transport instanceof ThreadTransport)) throw new AppError('internal');
  return transport.id;
}

/** All that a server is shown of it. */
function offerOf(credential: Credential): CredentialOffer {
  switch (credential.kind) {
    case 'privateKey':
      return {
        kind: 'privateKey',
        keys: credential.keys.map(({ publicKey }) => ({ publicKey: new Uint8Array(publicKey) })),
      };
    case 'agent':
      return {
        kind: 'agent',
        keys: credential.keys.map(({ publicKey, comment }) => ({
          publicKey: new Uint8Array(publicKey),
          comment,
        })),
      };
    case 'password':
      return { kind: 'password' };
    default:
      return assertNever(credential);
  }
}
