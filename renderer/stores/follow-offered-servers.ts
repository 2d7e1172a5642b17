import { nuvem } from '../api/nuvem';
import { focusConnectBox } from './connect-box-focus';
import { setSearch } from './view-store';

/** Puts the servers of opened links into the connect box; whether to connect is for the user to say. */
export function followOfferedServers(): void {
  nuvem.app.serverOffered(({ address }) => offer(address));
  void nuvem.app.takeOfferedServer().then((address) => {
    if (address !== null) offer(address);
  });
}

function offer(address: string): void {
  setSearch(address);
  focusConnectBox();
}
