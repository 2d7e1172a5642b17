import { expect } from 'vitest';
import type { GatewayBrowser } from './gateway-browser';

/** What a page of a server sends along with orders: it knows the cookie against foreign orders, and no other. */
export async function ordersOf(
  browser: GatewayBrowser,
  page: string,
): Promise<Readonly<Record<string, string>>> {
  const { headers, status } = await browser.fetch(page, { headers: { Accept: 'text/html' } });
  expect(status).toBe(200);
  const xsrf = /_xsrf=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';
  expect(xsrf).not.toBe('');
  expect(String(headers['set-cookie'])).not.toContain('username-');
  return { Cookie: `_xsrf=${xsrf}`, 'X-XSRFToken': xsrf };
}
