import { AppError } from '../../../shared/errors/app-error';
import { assertNever } from '../../../shared/util/assert-never';
import type { AttemptInput } from '../../connection/attempt';
import type { Transport } from '../../connection/transport';
import type { Credential } from '../../keys/prove-identity';
import { describeSigningKey, type SigningKey } from '../../keys/signing-key';
import type { Peer } from '../peer';
import type { AttemptRequest, CredentialOffer, NetworkSide, OfferedKey, OwnerSide } from '../protocol';
import { thrownFrom } from '../thrown';

export type PeerOfOwner = Peer<NetworkSide, OwnerSide>;

/** An attempt whose questions, judgements and signatures are its owner's, in the main process. */
export function attemptInput(
  request: AttemptRequest,
  over: Transport | null,
  owner: PeerOfOwner,
  signal: AbortSignal,
): AttemptInput {
  const { attemptId, overTransportId: _, credential, ...rest } = request;
  return {
    ...rest,
    over,
    signal,
    credential: credentialOf(credential, (key, keyIndex) => ({
      ...describeSigningKey(Buffer.from(key.publicKey)),
      sign: async (data, algorithm) =>
        Buffer.from(
          await owner.call('sign', { attemptId, keyIndex, data: new Uint8Array(data), algorithm }, signal),
        ),
    })),
    judgeHostKey: async (key, certificate) => {
      const verdict = await owner.call('judgeHostKey', {
        attemptId,
        key: new Uint8Array(key),
        certificate: certificate && new Uint8Array(certificate),
      });
      return verdict && AppError.from(thrownFrom(verdict));
    },
    onAuthenticating: () => owner.tell('authenticating', { attemptId }),
    password: () => owner.call('password', { attemptId }),
    newPassword: (text) => owner.call('newPassword', { attemptId, text }),
    answer: (asked) => owner.call('answer', { attemptId, asked }),
    log: (...entry) => owner.tell('log', { attemptId, entry }),
  };
}

function credentialOf(
  offer: CredentialOffer,
  signingKey: (key: OfferedKey, index: number) => SigningKey,
): Credential {
  switch (offer.kind) {
    case 'privateKey': {
      const [first, ...others] = offer.keys.map(signingKey);
      if (first === undefined) throw new AppError('internal');
      return { kind: 'privateKey', keys: [first, ...others] };
    }
    case 'agent':
      return {
        kind: 'agent',
        keys: offer.keys.map((key, index) => ({ ...signingKey(key, index), comment: key.comment })),
      };
    case 'password':
      return offer;
    default:
      return assertNever(offer);
  }
}
