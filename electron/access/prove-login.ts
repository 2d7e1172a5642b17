import { AppError } from '../../shared/errors/app-error';
import { targetOf, type Way, withIdentity } from '../../shared/model/way';
import { assertNever } from '../../shared/util/assert-never';
import { AttemptRunner } from '../connection/attempt-runner';
import type { HopLoginDeps } from '../connection/hop-login';
import type { Credential } from '../keys/prove-identity';

/** The server let the key in, `alsoWanted` being what it asks for besides; or it refused this key, or all keys. */
export type LoginProof =
  | { readonly kind: 'proven'; readonly alsoWanted: string }
  | { readonly kind: 'refused'; readonly takesKeys: boolean };

/**
 * Signs in to the end of a way once more, by this key file and nothing else, and ends that login at once. The host
 * keys of the way are checked like always; nobody is asked anything.
 * @throws access-proof-needs-user when only the user could answer on the way; why the attempt failed before the key
 * was judged
 */
export type ProveLogin = (way: Way, keyPath: string, credential: Credential) => Promise<LoginProof>;

/** Proves logins over real attempts, apart from the connections that are open. */
export function makeProveLogin(deps: Omit<HopLoginDeps, 'log'>): ProveLogin {
  return async (way, keyPath, credential) => {
    const identity = { kind: 'keyFile', path: keyPath } as const;
    const target = targetOf(way);
    let alsoWanted = '';
    let offered = 'publickey';
    const runner = new AttemptRunner(withIdentity(way, identity), {
      ...deps,
      proveIdentity: (wanted, ask) =>
        wanted === identity ? Promise.resolve(credential) : deps.proveIdentity(wanted, ask),
      log: (code, params) => {
        const isTarget = way.hops.length === 1 || params?.hop === target.name;
        if (!isTarget) return;
        if (code === 'auth-partial') alsoWanted = String(params?.methods ?? '');
        if (code === 'auth-methods-offered') offered = String(params?.methods ?? '');
      },
    });
    try {
      const outcome = await runner.run(new AbortController().signal, {
        ask: () => Promise.reject(new AppError('access-proof-needs-user')),
        onAuthenticating: () => undefined,
        mayStartInstances: false,
      });
      if (outcome.kind === 'succeeded') {
        outcome.transport.close();
        return { kind: 'proven', alsoWanted: '' };
      }
      // The key was accepted: what is missing is a second factor, which only the user has.
      if (alsoWanted !== '') return { kind: 'proven', alsoWanted };
      switch (outcome.kind) {
        case 'hostKeyUnknown':
        case 'passwordRefused':
          throw new AppError('access-proof-needs-user');
        case 'failed':
          if (outcome.error.code === 'key-refused' && outcome.error.params.jumpHost === undefined)
            return { kind: 'refused', takesKeys: offered.split(', ').includes('publickey') };
          throw AppError.fromReport(outcome.error);
        default:
          return assertNever(outcome);
      }
    } finally {
      runner.forget();
    }
  };
}
