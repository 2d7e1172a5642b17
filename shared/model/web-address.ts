import { z } from 'zod';

/** Servers print these as their own; what they mean by it is the computer that they run on (RFC 1122, 3.2.1.3). */
const anyAddress = /^(https?:\/\/)(?:0\.0\.0\.0|\[::\])(?=[:/?#]|$)/i;
const Normal = z.url({ protocol: /^https?$/, normalize: true });

/**
 * The address of a page as a user types it: `8501`, `localhost:8501/path`, `ip-10-0-0-1.ec2.internal:8088`,
 * `https://localhost:9443`. Without a scheme it is `http`, without a host `localhost`. Null: no such address;
 * user names and passwords have no place in one.
 */
export function readWebAddress(text: string): string | null {
  const typed = text.trim();
  if (typed === '' || typed.length > 2000 || /[\s\\]/.test(typed)) return null;
  const isPortAlone = /^:?\d{1,5}(?=$|[/?#])/.test(typed);
  const withHost = isPortAlone ? `localhost:${typed.replace(/^:/, '')}` : typed;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(withHost) ? withHost : `http://${withHost}`;
  if (/^\w+:\/\/(?:[^/?#]*@|[^/?#]*:0+(?=[/?#]|$))/.test(full)) return null;
  return Normal.safeParse(full.replace(anyAddress, '$1localhost')).data ?? null;
}

/** A page's whole address, as `readWebAddress` gives it. Holds no user name and no password. */
export const WebAddress = z
  .string()
  .max(2000)
  .refine((text) => readWebAddress(text) === text, 'web-address-invalid');
