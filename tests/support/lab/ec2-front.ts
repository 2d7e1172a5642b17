import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of EC2 Instance Connect. */
export interface PushedKey {
  readonly InstanceId: string;
  readonly InstanceOSUser: string;
  readonly SSHPublicKey: string;
}

/** Opens a session; nobody but who carries it may see it. */
export const sessionToken = 'a-token-for-nobody-else';

export interface Ec2Front {
  readonly endpoint: string;
  /** What every instance has printed; null: nobody may read it. */
  text: string | null;
  /** How often somebody wanted to read it. */
  readonly reads: number;
  /** What the price list says of every kind of instance; null: nobody may read it. */
  usdPerHour: number | null;
  /** Does to the instance what AWS does when it brings a key; moto takes keys and brings none. */
  bringKey: (key: PushedKey) => Promise<void>;
  /** Where sessions of Session Manager lead to, which moto has not; null: the agent of the instance is not there. */
  sessionPort: number | null;
  /** How many sessions were started, and ended. */
  readonly sessions: { started: number; ended: number };
  /** What was asked of the price list. */
  readonly pricesAsked: readonly string[];
  stop(): Promise<void>;
}

/**
 * A double in front of moto for what moto lacks: the console output of instances, which is the same text for all there,
 * as what system they are billed, and the price list; for what EC2 Instance Connect does on the instance, and for
 * Session Manager.
 */
export async function startEc2Front(behind: string): Promise<Ec2Front> {
  let text: string | null = '';
  let reads = 0;
  let usdPerHour: number | null = null;
  let bringKey: Ec2Front['bringKey'] = async () => undefined;
  let sessionPort: number | null = null;
  const sessions = { started: 0, ended: 0 };
  const pricesAsked: string[] = [];
  const server = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    if (incoming.headers['x-amz-target'] === 'AWSPriceListService.GetProducts') {
      pricesAsked.push(body.toString());
      response.writeHead(usdPerHour === null ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(
          usdPerHour === null
            ? { __type: 'AccessDeniedException', message: 'no' }
            : { FormatVersion: 'aws_v1', PriceList: [entryOf(usdPerHour)] },
        ),
      );
      return;
    }
    const target = String(incoming.headers['x-amz-target']);
    if (target.startsWith('AmazonSSM.')) {
      if (target === 'AmazonSSM.TerminateSession') sessions.ended += 1;
      else if (sessionPort !== null) sessions.started += 1;
      const answer =
        sessionPort === null
          ? { __type: 'TargetNotConnected', message: 'no' }
          : sessionOf(sessions.started, sessionPort);
      response.writeHead(sessionPort === null ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
      return;
    }
    if (!body.includes('Action=GetConsoleOutput')) {
      const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
      const answer = await fetch(new URL(incoming.url ?? '/', behind), {
        method: incoming.method ?? 'POST',
        headers: headers as Record<string, string>,
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
      const answered = await answer.text();
      if (target.endsWith('.SendSSHPublicKey') && answer.ok) await bringKey(JSON.parse(body.toString()));
      const billed = '<platformDetails>Linux/UNIX</platformDetails><instanceType>';
      response.end(answered.replaceAll('<instanceType>', billed));
      return;
    }
    reads += 1;
    response.writeHead(text === null ? 403 : 200, { 'content-type': 'text/xml' });
    response.end(
      text === null
        ? '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>'
        : `<GetConsoleOutputResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><output>${Buffer.from(text).toString('base64')}</output></GetConsoleOutputResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get text() {
      return text;
    },
    set text(next) {
      text = next;
    },
    get usdPerHour() {
      return usdPerHour;
    },
    set usdPerHour(next) {
      usdPerHour = next;
    },
    get bringKey() {
      return bringKey;
    },
    set bringKey(next) {
      bringKey = next;
    },
    get sessionPort() {
      return sessionPort;
    },
    set sessionPort(next) {
      sessionPort = next;
    },
    sessions,
    pricesAsked,
    get reads() {
      return reads;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const sessionOf = (number: number, port: number) => ({
  SessionId: `lab-${number}`,
  TokenValue: sessionToken,
  StreamUrl: `wss://127.0.0.1:${port}/v1/data-channel/lab-${number}`,
});

/** An entry of the price list, as the Price List API gives it. */
const entryOf = (usd: number): string =>
  JSON.stringify({
    product: { productFamily: 'Compute Instance' },
    terms: {
      OnDemand: {
        'A.B': {
          priceDimensions: { 'A.B.C': { unit: 'Hrs', pricePerUnit: { USD: usd.toFixed(10) } } },
        },
      },
    },
  });
