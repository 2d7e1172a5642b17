import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { signedFeed } from '../../../build/dist/update-feed';

/** What a feed offers, as far as it differs from a good new version. */
export interface FeedOffer {
  readonly version: string;
  /** Null: nobody signed. */
  readonly signingKey: string | null;
  /** What is sent in the file's place. */
  readonly sent?: string;
  /** What the feed says of the file's size. */
  readonly sizeBytes?: number;
}

/** A place of new versions of an AppImage on a free port of 127.0.0.1, as electron-builder lays one out. */
export interface UpdateFeed {
  readonly url: string;
  /** Paths without queries, and headers, in the order in which they came. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Offers a version; null: there is no feed any more. */
  offer(offer: FeedOffer | null): void;
  close(): Promise<void>;
}

/** A key to sign releases with, Ed25519 in PEM. */
export const newUpdateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** What an AppImage of the new version is in tests: it says when it was run after it was installed. */
export const newAppImage = [
  '#!/bin/sh',
  'echo "$APPIMAGE_EXIT_AFTER_INSTALL" > "$0.was-run"',
  'exit 0',
  '',
].join('\n');

const fileName = 'Nuvem-9.9.9.AppImage';

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  let feed: string | null = null;
  let file = '';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://feed').pathname;
    requests.push({ path, headers: request.headers });
    const body = feed === null ? null : path.endsWith('.yml') ? feed : path === `/${fileName}` ? file : null;
    response.writeHead(body === null ? 404 : 200, {
      'content-length': String(Buffer.byteLength(body ?? '')),
    });
    response.end(body ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    offer: (offer) => {
      file = offer?.sent ?? newAppImage;
      feed = offer === null ? null : feedOf(offer);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function feedOf({ version, signingKey, sizeBytes = newAppImage.length }: FeedOffer): string {
  const sha512 = createHash('sha512').update(newAppImage).digest('base64');
  const text = stringify({
    version,
    files: [{ url: fileName, sha512, size: sizeBytes }],
    path: fileName,
    sha512,
    releaseDate: '2026-03-04T12:30:00.000Z',
  });
  return signingKey === null ? text : signedFeed(text, signingKey);
}
