import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeRootFileSystem } from './container-image';

/** A registry on loopback with one small image, which keeps its layer back until it is told to let go. */
export interface LabRegistry {
  /** The image as `docker pull` takes it. */
  readonly image: string;
  /** Somebody waits for the layer. */
  whenAsked(): Promise<void>;
  letGo(): void;
  stop(): Promise<void>;
}

const digestOf = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const mediaType = (name: string): string => `application/vnd.docker.${name}`;

/** Speaks as much of the Docker Registry HTTP API V2 as pulling one image takes. */
export async function startRegistry(): Promise<LabRegistry> {
  const { tarPath } = await makeRootFileSystem(false);
  const layer = await readFile(tarPath);
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created_by: 'lab' }],
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaType('distribution.manifest.v2+json'),
      config: {
        mediaType: mediaType('container.image.v1+json'),
        size: config.length,
        digest: digestOf(config),
      },
      layers: [
        { mediaType: mediaType('image.rootfs.diff.tar'), size: layer.length, digest: digestOf(layer) },
      ],
    }),
  );
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  let tellAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });
  const sendLayer = (response: ServerResponse) => createReadStream(tarPath).pipe(response);
  const server = createServer(({ url = '', method }, response) => {
    const send = (content: Buffer, type: string) => {
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Length': content.length,
        'Docker-Content-Digest': digestOf(content),
      });
      response.end(method === 'HEAD' ? undefined : content);
    };
    if (url.includes('/manifests/')) send(manifest, mediaType('distribution.manifest.v2+json'));
    else if (url.endsWith(digestOf(config))) send(config, 'application/octet-stream');
    else if (url.endsWith(digestOf(layer))) {
      response.writeHead(200, { 'Content-Length': layer.length });
      response.flushHeaders();
      tellAsked();
      if (isOpen) sendLayer(response);
      else waiting.push(response);
    } else if (url === '/v2/') send(Buffer.from('{}'), 'application/json');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    image: `localhost:${port}/lab/slow:1`,
    whenAsked: () => asked,
    letGo: () => {
      isOpen = true;
      for (const response of waiting.splice(0)) sendLayer(response);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
