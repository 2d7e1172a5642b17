import type { Language } from '../../../shared/i18n/catalogues';
import type { MachineId } from '../../../shared/model/machine';
import type { ConnectAttempt } from '../../connection/attempt';
import type { GatewayTextOf } from '../../gateway/gateway-pages';
import type { MakeTunnelEnd } from '../../tunnel/tunnel-end';
import { Peer, type Post } from '../peer';
import { PortStreams } from '../port-stream';
import type { NetworkSide, OwnerSide } from '../protocol';
import type { PeerOfOwner } from './attempt-input';
import { MirroredLink } from './mirrored-link';
import { ServedProxies } from './serve-proxies';
import { ServedTransports } from './serve-transports';
import { ServedTunnelEnds } from './serve-tunnel-ends';

interface NetworkDependencies {
  readonly post: Post;
  readonly connectAttempt: ConnectAttempt;
  readonly makeTunnelEnd: MakeTunnelEnd;
  readonly makeTexts: (languageNow: () => Language) => GatewayTextOf;
}

/** Puts the network of this thread at the service of its owner; give the owner's messages to what it returns. */
export function serveNetwork(deps: NetworkDependencies): PeerOfOwner {
  let language: Language = 'en';
  const links = new Map<MachineId, MirroredLink>();
  const linkOf = (machineId: MachineId): MirroredLink => {
    const link = links.get(machineId) ?? new MirroredLink(machineId);
    links.set(machineId, link);
    return link;
  };
  const owner: PeerOfOwner = new Peer<NetworkSide, OwnerSide>(deps.post);
  const streams = new PortStreams((note, moved) => owner.tell('stream', note, moved));
  const transports = new ServedTransports(owner, deps.connectAttempt, streams);
  const tunnelEnds = new ServedTunnelEnds(owner, deps.makeTunnelEnd, linkOf, (id) => transports.get(id));
  const proxies = new ServedProxies(
    linkOf,
    deps.makeTexts(() => language),
  );
  owner.serve({
    calls: { ...transports.calls, ...tunnelEnds.calls, ...proxies.calls },
    notes: {
      stream: streams.receive,
      ...transports.notes,
      ...tunnelEnds.notes,
      ...proxies.notes,
      linkChanged: ({ machineId, state, transportId }) =>
        linkOf(machineId).follow(state, transports.find(transportId)),
      setLanguage: (chosen) => {
        language = chosen.language;
      },
    },
  });
  return owner;
}
