/** What an address that the desktop hands to Nuvem asks for. */
export type DeepLink =
  /** `nuvem://connect/<id or name of a saved machine>`. */
  | { readonly kind: 'connect'; readonly machine: string }
  /** `ssh://user@host`: to be shown in the connect box, where the user decides. */
  | { readonly kind: 'server'; readonly address: string }
  | { readonly kind: 'notUnderstood' };

const longestLink = 2000;

/** Reads an address. Anybody may have made it: nothing is done before it has been understood whole. */
export function readDeepLink(link: string): DeepLink {
  const notUnderstood: DeepLink = { kind: 'notUnderstood' };
  if (link.length > longestLink || /\p{Cc}/u.test(link)) return notUnderstood;
  if (/^ssh:\/\/[^/]/i.test(link)) return { kind: 'server', address: link.replace(/^ssh:/i, 'ssh:') };
  const [, encoded] = /^nuvem:\/\/connect\/([^/?#]+)\/?$/i.exec(link) ?? [];
  if (encoded === undefined) return notUnderstood;
  try {
    return { kind: 'connect', machine: decodeURIComponent(encoded) };
  } catch {
    return notUnderstood;
  }
}

/** Keeps links or files that are opened before the app can open them. */
export class LinkQueue {
  #waiting: readonly string[] = [];
  #open: ((link: string) => void) | null = null;

  add(links: readonly string[]): void {
    if (this.#open === null) this.#waiting = [...this.#waiting, ...links];
    else for (const link of links) this.#open(link);
  }

  /** From now on links are opened, those that wait first. */
  openWith(open: (link: string) => void): void {
    this.#open = open;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.add(waiting);
  }
}
