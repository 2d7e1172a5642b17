import type { ErrorParams } from '../../shared/errors/error-codes';
import type { Language } from '../../shared/i18n/catalogues';
import type { ConnectionState } from '../../shared/model/connection';
import type { Endpoint, MachineId } from '../../shared/model/machine';
import type { Tunnel } from '../../shared/model/tunnel';
import type { AttemptLog, AttemptQuestions, OverProxy } from '../connection/attempt';
import type { ExecOptions, ExecResult } from '../connection/transport';
import type { ProxyRequest } from '../gateway/open-proxy';
import type { GatewayRoute } from '../gateway/routes';
import type { TunnelEndMeasure } from '../tunnel/tunnel-end';
import type { StreamNote } from './port-stream';
import type { ThrownReport } from './thrown';

/*
 * What the main process, the owner of all state, and the network thread, the owner of all sockets, say to each
 * other. Private keys stay with the owner, which signs. The id of an attempt becomes that of its transport.
 */

/** A credential without what is secret of it. */
export type CredentialOffer =
  | { readonly kind: 'privateKey'; readonly keys: readonly OfferedKey[] }
  | { readonly kind: 'agent'; readonly keys: readonly (OfferedKey & { readonly comment: string })[] }
  | { readonly kind: 'password' };

/** A key pair or certificate; see `SigningKey`. */
export interface OfferedKey {
  readonly publicKey: Uint8Array;
}

/** The part of an `AttemptInput` that a message can carry. */
export interface AttemptRequest {
  readonly attemptId: number;
  readonly route: Endpoint;
  readonly overTransportId: number | null;
  readonly proxy: OverProxy | null;
  readonly errorParams: ErrorParams;
  readonly credential: CredentialOffer;
  readonly allowsOldAlgorithms: boolean;
  readonly forwardedAgent: string | null;
  readonly knownKeyTypes: readonly string[];
  readonly wantsHostCertificate: boolean;
}

export type StreamTarget =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unixSocket'; readonly path: string };

export interface ExecRequest extends Omit<ExecOptions, 'onOutput' | 'signal'> {
  readonly transportId: number;
  readonly execId: number;
  readonly command: string;
  /** The standard output goes to `output` as it comes. */
  readonly streamsOutput: boolean;
}

/** What the network thread understands. */
export type NetworkSide = {
  readonly calls: {
    readonly connect: {
      readonly params: AttemptRequest;
      readonly result: { readonly localAddress: string | null };
    };
    readonly exec: { readonly params: ExecRequest; readonly result: ExecResult };
    readonly openStream: {
      readonly params: {
        readonly transportId: number;
        readonly streamId: number;
        readonly target: StreamTarget;
      };
      readonly result: undefined;
    };
    readonly ping: { readonly params: { readonly transportId: number }; readonly result: number };
    readonly openTunnelEnd: {
      readonly params: {
        readonly endId: number;
        readonly overTransportId: number | null;
        readonly host: string;
      };
      readonly result: undefined;
    };
    readonly measureTunnelEnd: {
      readonly params: { readonly endId: number };
      readonly result: TunnelEndMeasure;
    };
    /** Its answer is the port. */
    readonly openProxy: {
      readonly params: {
        readonly proxyId: number;
        readonly request: ProxyRequest;
        /** 0: where the system likes. */
        readonly port: number;
        readonly routes: readonly GatewayRoute[];
      };
      readonly result: number;
    };
    readonly closeProxy: { readonly params: { readonly proxyId: number }; readonly result: undefined };
  };
  readonly notes: {
    readonly stream: StreamNote;
    readonly closeTransport: { readonly transportId: number };
    /** Where the machine's connection is; `transportId`: only when it is ready. */
    readonly linkChanged: {
      readonly machineId: MachineId;
      readonly state: ConnectionState;
      readonly transportId: number | null;
    };
    readonly makeTunnelEnd: {
      readonly endId: number;
      readonly machineId: MachineId;
      readonly tunnel: Pick<Tunnel, 'forward' | 'whileAway'>;
    };
    readonly closeTunnelEnd: { readonly endId: number };
    readonly endTunnelEnd: { readonly endId: number };
    readonly setRoute: { readonly proxyId: number; readonly route: GatewayRoute };
    readonly removeRoute: { readonly proxyId: number; readonly host: string };
    /** Of the pages that the gateway answers by itself. */
    readonly setLanguage: { readonly language: Language };
  };
};

/** What the main process understands. */
export type OwnerSide = {
  readonly calls: {
    readonly judgeHostKey: {
      readonly params: {
        readonly attemptId: number;
        readonly key: Uint8Array;
        readonly certificate: Uint8Array | null;
      };
      readonly result: ThrownReport | null;
    };
    readonly sign: {
      readonly params: {
        readonly attemptId: number;
        readonly keyIndex: number;
        readonly data: Uint8Array;
        readonly algorithm: string;
      };
      readonly result: Uint8Array;
    };
    readonly password: { readonly params: { readonly attemptId: number }; readonly result: string };
    readonly newPassword: {
      readonly params: { readonly attemptId: number; readonly text: string };
      readonly result: string;
    };
    readonly answer: {
      readonly params: { readonly attemptId: number; readonly asked: AttemptQuestions };
      readonly result: readonly string[];
    };
  };
  readonly notes: {
    readonly stream: StreamNote;
    readonly authenticating: { readonly attemptId: number };
    readonly log: { readonly attemptId: number; readonly entry: Parameters<AttemptLog> };
    /** `error` as `Transport.onClosed` tells it. */
    readonly transportClosed: { readonly transportId: number; readonly error: ThrownReport | null };
    readonly output: { readonly execId: number; readonly text: string };
    readonly tunnelEndBusy: { readonly endId: number };
    readonly tunnelEndBroken: { readonly endId: number; readonly error: ThrownReport };
    /** An error that nobody caught. */
    readonly fault: { readonly place: string; readonly error: ThrownReport };
  };
};
