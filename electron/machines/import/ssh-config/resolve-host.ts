import { isIP } from 'node:net';
import { matchesList, matchesPattern } from '../../../trust/host-pattern';
import type { ConfigFile } from './load-config';
import type { Condition, Criterion, Setting } from './parse-config';
import { gathered } from './settings';

/** A setting in force, and the file that it stands in. */
export interface Origin extends Setting {
  readonly path: string;
}

/** What an ssh_config says about one host. */
export interface ResolvedHost {
  /** Where ssh would connect to: HostName, else the alias; in lower case. */
  readonly hostName: string;
  /** By keyword in lower case: the value in force, or all of them where ssh gathers values. */
  readonly settings: ReadonlyMap<string, readonly Origin[]>;
  /** HostName holds a token that ssh refuses, so nobody could connect. */
  readonly isHostNameWrong: boolean;
}

export interface ResolveOptions {
  /** What the user would type behind `ssh`. */
  readonly alias: string;
  /** A user given with it (`ssh -l`), which goes before the configuration's. */
  readonly user?: string | null;
  /** Name of the user of this computer. */
  readonly localUser: string;
}

/**
 * What `ssh alias` takes from a configuration (ssh_config(5)): for each keyword the first value whose section is for
 * the host; a second pass with the host's own name when a `Match final` wants one or names are canonicalized.
 * Conditions whose outcome would need a command or the network hold for no host.
 */
export function resolveHost(file: ConfigFile, options: ResolveOptions): ResolvedHost {
  const state = new Resolution(options);
  state.read(file, true);
  const expanded = state.hostName();
  const named = expanded ?? options.alias;
  // As ssh does it before it looks up the name.
  state.host = looksLikeAddress(named) ? canonicalAddress(named) : named.toLowerCase();
  if (file.wantsFinalPass || /^(?:yes|always)$/i.test(state.first('canonicalizehostname')?.rest ?? '')) {
    state.isFinal = true;
    state.read(file, true);
  }
  return { hostName: state.host, settings: state.settings, isHostNameWrong: expanded === null };
}

class Resolution {
  readonly settings = new Map<string, Origin[]>();
  host: string;
  isFinal = false;

  constructor(private readonly options: ResolveOptions) {
    this.host = options.alias;
  }

  first(keyword: string): Origin | undefined {
    return this.settings.get(keyword)?.[0];
  }

  /** HostName with its tokens filled in; the host as it is without one; null for a token that there is not. */
  hostName(): string | null {
    const text = this.first('hostname')?.text ?? null;
    if (text === null) return this.host;
    if (!/^(?:[^%]|%[%h])*$/s.test(text)) return null;
    return text.replace(/%([%h])/g, (_, letter: string) => (letter === 'h' ? this.host : '%'));
  }

  read(file: ConfigFile, isFor: boolean): void {
    let isActive = isFor;
    for (const { condition, entries } of file.index.for(this.host)) {
      if (condition !== null) isActive = isFor && this.#holds(condition);
      if (!isActive) continue;
      for (const entry of entries) {
        if ('files' in entry) for (const included of entry.files) this.read(included, true);
        else this.#take({ ...entry, path: file.path });
      }
    }
  }

  #take(setting: Origin): void {
    const { keyword, text } = setting;
    const known = this.settings.get(keyword);
    // `none` is as if the line were not there.
    if (keyword === 'serveraliveinterval' && text === 'none') return;
    if (gathered.has(keyword)) {
      if (known?.some((other) => other.text === text)) return;
      this.settings.set(keyword, [...(known ?? []), setting]);
      return;
    }
    // Whichever of the two comes first rules the other one out, but a `ProxyJump none` without a comment does not.
    if (keyword === 'proxyjump' && this.settings.has('proxycommand')) return;
    const jump = this.first('proxyjump');
    if (keyword === 'proxycommand' && jump !== undefined && !/^[\s=]*none$/i.test(jump.rest)) return;
    if (known === undefined) this.settings.set(keyword, [setting]);
  }

  #holds(condition: Condition): boolean {
    return condition.kind === 'host'
      ? this.#isForHost(condition.patterns)
      : this.#matches(condition.criteria);
  }

  #isForHost(patterns: readonly string[]): boolean {
    let isMatched = false;
    for (const pattern of patterns) {
      const isNegated = pattern.startsWith('!');
      if (!matchesPattern(this.host, isNegated ? pattern.slice(1) : pattern)) continue;
      if (isNegated) return false;
      isMatched = true;
    }
    return isMatched;
  }

  #matches(criteria: readonly Criterion[]): boolean {
    return criteria.every(({ attribute, isNegated, argument }) => {
      const outcome = this.#outcome(attribute, argument);
      return outcome !== null && outcome !== isNegated;
    });
  }

  /** Null: nobody knows, so the condition does not hold, negated or not. */
  #outcome(attribute: string, argument: string): boolean | null {
    const { alias, localUser, user } = this.options;
    switch (attribute) {
      case 'all':
        return true;
      case 'canonical':
      case 'final':
        return this.isFinal;
      case 'host':
        return matchesList(
          (this.isFinal ? this.host : (this.hostName() ?? '')).toLowerCase(),
          argument,
          true,
        );
      case 'originalhost':
        return matchesList(alias.toLowerCase(), argument, true);
      case 'user':
        return matchesList(user ?? this.first('user')?.text ?? localUser, argument, false);
      case 'localuser':
        return matchesList(localUser, argument, false);
      case 'tagged':
        return matchesList(this.first('tag')?.text ?? '', argument, false);
      default:
        return null;
    }
  }
}

/** Of these ssh keeps upper and lower case, be they addresses or not. */
const looksLikeAddress = (name: string): boolean => /[%:]/.test(name);

/** The one way to write an IPv6 address (RFC 5952). */
function canonicalAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const [, bare = address, zone = ''] = /^([^%]*)(%.*)?$/.exec(address) ?? [];
  return URL.canParse(`http://[${bare}]`)
    ? new URL(`http://[${bare}]`).hostname.slice(1, -1) + zone
    : address;
}
