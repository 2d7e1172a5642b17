import { AppError } from '../../shared/errors/app-error';
import type {
  AwsAccount,
  AwsAccountDraft,
  AwsAccountId,
  AwsAccountsSnapshot,
  AwsIdentity,
  AwsPromptId,
  AwsSignIn,
} from '../../shared/model/aws-account';
import type { AwsAccountStore } from './account-store';
import type { AwsSession } from './aws-session';
import type { OpenSessionOptions } from './sdk/open-session';
import type { SsoSignInOptions } from './sdk/sso-sign-in';

export interface AwsAccountServiceDependencies {
  readonly accounts: AwsAccountStore;
  readonly openSession: (options: Pick<OpenSessionOptions, 'account' | 'askCode'>) => Promise<AwsSession>;
  readonly signInByBrowser: (
    options: Pick<SsoSignInOptions, 'account' | 'signal' | 'onQuestion'>,
  ) => Promise<void>;
  readonly openExternally: (url: string) => Promise<void>;
  readonly newPromptId: () => AwsPromptId;
  readonly onChanged: (snapshot: AwsAccountsSnapshot) => void;
}

interface Seat {
  signIn: AwsSignIn;
  /** Kept from the first use on, so that a role's code is asked once and not for every call. */
  session: Promise<AwsSession> | null;
  /** Of what is under way. */
  abort: AbortController;
  answerCode: ((code: string | AppError) => void) | null;
  /** A check is under way, which will tell what came of it. */
  isLooking: boolean;
}

/** Who the user is at AWS, for each of their accounts; asks for what only they can give. State is in the snapshots. */
export class AwsAccountService {
  readonly #seats = new Map<AwsAccountId, Seat>();
  #revision = 0;

  constructor(private readonly deps: AwsAccountServiceDependencies) {}

  snapshot(): AwsAccountsSnapshot {
    return {
      revision: this.#revision,
      accounts: this.deps.accounts
        .list()
        .map((account) => ({ account, signIn: this.#seat(account.id).signIn })),
    };
  }

  /** @throws aws-account-not-found, store-disk-full, store-write-failed */
  save(draft: AwsAccountDraft): AwsAccount {
    const account = this.deps.accounts.save(draft);
    this.#leave(account.id);
    this.#tell();
    return account;
  }

  /** @throws store-disk-full, store-write-failed */
  remove(accountId: AwsAccountId): void {
    this.deps.accounts.remove(accountId);
    this.#leave(accountId);
    this.#tell();
  }

  /** Asks AWS who the user is, with the AWS tools' files as they are now. The answer is in the snapshots. */
  async check(accountId: AwsAccountId): Promise<void> {
    this.deps.accounts.get(accountId);
    this.#leave(accountId);
    await this.#look(accountId, new AbortController());
  }

  /** Signs in through the system's browser, then checks. */
  async signIn(accountId: AwsAccountId): Promise<void> {
    const account = this.deps.accounts.get(accountId);
    this.#leave(accountId);
    const abort = new AbortController();
    const seat = this.#seat(accountId);
    seat.abort = abort;
    this.#enter(accountId, abort, { kind: 'checking' });
    try {
      await this.deps.signInByBrowser({
        account,
        signal: abort.signal,
        onQuestion: (question) => {
          this.#enter(accountId, abort, { kind: 'awaitingBrowser', ...question });
          // The address is shown too: who has no browser here opens it elsewhere.
          if (isWebPage(question.url)) void this.deps.openExternally(question.url).catch(() => undefined);
        },
      });
    } catch (thrown) {
      this.#fail(accountId, abort, thrown);
      return;
    }
    await this.#look(accountId, abort);
  }

  /** Gives the code that a role waits for. An answer to another question is ignored. */
  async answerCode(accountId: AwsAccountId, promptId: AwsPromptId, code: string): Promise<void> {
    const seat = this.#seat(accountId);
    if (seat.signIn.kind !== 'awaitingCode' || seat.signIn.promptId !== promptId) return;
    const { answerCode } = seat;
    seat.answerCode = null;
    this.#enter(accountId, seat.abort, { kind: 'checking' });
    answerCode?.(code);
    // The question may have come of another call than a check.
    if (!seat.isLooking) await this.#look(accountId, seat.abort);
  }

  /** Calls off what is under way. */
  cancel(accountId: AwsAccountId): void {
    this.#leave(accountId);
    this.#tell();
  }

  /**
   * The account's session, for what else is asked of AWS.
   * @throws aws-account-not-found, or why there is none
   */
  async session(accountId: AwsAccountId): Promise<AwsSession> {
    const account = this.deps.accounts.get(accountId);
    const seat = this.#seat(accountId);
    const opening = seat.session ?? this.#open(account);
    seat.session = opening;
    try {
      return await opening;
    } catch (error) {
      if (seat.session === opening) seat.session = null;
      throw error;
    }
  }

  async #look(accountId: AwsAccountId, abort: AbortController): Promise<void> {
    const seat = this.#seat(accountId);
    seat.abort = abort;
    seat.isLooking = true;
    this.#enter(accountId, abort, { kind: 'checking' });
    try {
      const identity = await this.#identify(accountId, abort.signal);
      this.#enter(accountId, abort, { kind: 'known', identity });
    } catch (thrown) {
      this.#fail(accountId, abort, thrown);
    } finally {
      seat.isLooking = false;
    }
  }

  async #identify(accountId: AwsAccountId, signal: AbortSignal): Promise<AwsIdentity> {
    const session = await this.session(accountId);
    const times = await session.authenticate();
    signal.throwIfAborted();
    const { Account = '', Arn = '' } = await session.call('sts.getCallerIdentity', {}, signal);
    return { accountNumber: Account, arn: Arn, region: session.region, ...times };
  }

  #open(account: AwsAccount): Promise<AwsSession> {
    const seat = this.#seat(account.id);
    return this.deps.openSession({
      account,
      askCode: (device) =>
        new Promise((resolve, reject) => {
          if (this.#seats.get(account.id) !== seat) throw new AppError('cancelled');
          seat.answerCode = (answer) => (typeof answer === 'string' ? resolve(answer) : reject(answer));
          const promptId = this.deps.newPromptId();
          this.#enter(account.id, seat.abort, { kind: 'awaitingCode', promptId, device });
        }),
    });
  }

  #seat(accountId: AwsAccountId): Seat {
    const seat = this.#seats.get(accountId) ?? {
      signIn: { kind: 'unknown' },
      session: null,
      abort: new AbortController(),
      answerCode: null,
      isLooking: false,
    };
    this.#seats.set(accountId, seat);
    return seat;
  }

  /** What is known of the account's sign-in counts no more. */
  #leave(accountId: AwsAccountId): void {
    const seat = this.#seats.get(accountId);
    this.#seats.delete(accountId);
    if (seat === undefined) return;
    seat.abort.abort(new AppError('cancelled'));
    seat.answerCode?.(new AppError('cancelled'));
    seat.session?.then(
      (session) => session.close(),
      () => undefined,
    );
  }

  #fail(accountId: AwsAccountId, abort: AbortController, thrown: unknown): void {
    const error = AppError.from(thrown);
    if (error.code === 'cancelled') this.#enter(accountId, abort, { kind: 'unknown' });
    else this.#enter(accountId, abort, { kind: 'failed', error: error.toReport() });
    if (error.code === 'internal') throw thrown;
  }

  /** Nothing happens for what was left meanwhile. */
  #enter(accountId: AwsAccountId, abort: AbortController, signIn: AwsSignIn): void {
    const seat = this.#seats.get(accountId);
    if (seat === undefined || seat.abort !== abort) return;
    seat.signIn = signIn;
    this.#tell();
  }

  #tell(): void {
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}

function isWebPage(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
