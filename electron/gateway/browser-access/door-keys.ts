import { createHash } from 'node:crypto';
import type { Clock } from '../../system/clock';

interface DoorKeysDependencies {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** A new secret of at least 128 bits, of characters that need no escape in an address or a cookie. */
  readonly randomSecret: () => string;
}

/** For as long as a browser may take to start. */
const ticketLifeMs = 60_000;
/** More browsers than anybody uses; the oldest has to ask again. */
const browsersAtMost = 8;

/**
 * Who may come in by a door: a ticket lets one browser in once, soon after it was made, and the cookie that it gets
 * for it lets that browser in from then on. Kept as hashes, which take equally long to find whatever was offered.
 */
export class DoorKeys {
  readonly #tickets = new Map<string, { readonly path: string; readonly expiresAtMs: number }>();
  #cookies: readonly string[] = [];

  constructor(private readonly deps: DoorKeysDependencies) {}

  get browserCount(): number {
    return this.#cookies.length;
  }

  /** A new ticket for a page, by its path and query. */
  issueTicket(path: string): string {
    const nowMs = this.deps.clock.monotonicMs();
    for (const [hash, { expiresAtMs }] of this.#tickets) if (expiresAtMs <= nowMs) this.#tickets.delete(hash);
    const ticket = this.deps.randomSecret();
    this.#tickets.set(hashOf(ticket), { path, expiresAtMs: nowMs + ticketLifeMs });
    return ticket;
  }

  /** Takes a ticket, for good, and gives a cookie's value for it; null: it is none, was used, or is too old. */
  redeem(ticket: string): { readonly path: string; readonly cookie: string } | null {
    const hash = hashOf(ticket);
    const issued = this.#tickets.get(hash);
    this.#tickets.delete(hash);
    if (issued === undefined || issued.expiresAtMs <= this.deps.clock.monotonicMs()) return null;
    const cookie = this.deps.randomSecret();
    this.#cookies = [...this.#cookies.slice(-(browsersAtMost - 1)), hashOf(cookie)];
    return { path: issued.path, cookie };
  }

  accepts(cookie: string): boolean {
    return this.#cookies.includes(hashOf(cookie));
  }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');
