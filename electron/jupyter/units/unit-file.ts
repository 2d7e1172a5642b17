import type { UnitId, UnitScope } from '../../../shared/model/service-unit';

/** What a unit file says of the server that it runs. */
export interface UnitFacts {
  readonly id: UnitId;
  readonly scope: UnitScope;
  /** As the user named it, for showing. */
  readonly folder: string;
  /** Absolute path of the folder that holds the servers' folders. */
  readonly base: string;
  /** Whom a service of the machine's own systemd runs as. */
  readonly userName: string;
}

const bareName = (id: UnitId): string => `nuvem-notebook-${id}`;

export const unitName = (id: UnitId): string => `${bareName(id)}.service`;

/**
 * The unit file of one server: systemd.unit(5), systemd.service(5). It holds no secret: the token is in a file of the
 * server's folder. A server that ends by its own order stays ended; one that breaks down is started again.
 */
export function unitFile({ id, scope, folder, base, userName }: UnitFacts): string {
  return [
    '[Unit]',
    `Description=Jupyter in ${percentFree(folder === '' ? '~' : folder)} (Nuvem)`,
    ...(scope === 'system' ? ['After=network.target remote-fs.target'] : []),
    'StartLimitIntervalSec=300',
    'StartLimitBurst=10',
    '',
    '[Service]',
    ...(scope === 'system' ? [`User=${percentFree(userName)}`] : []),
    `ExecStart=/bin/sh ${quoted(`${base}/${id}/unit.sh`)}`,
    // What ends at once is known to the journal by this alone, not by its unit.
    `SyslogIdentifier=${bareName(id)}`,
    'Restart=on-failure',
    'RestartSec=1',
    'TimeoutStopSec=30',
    '',
    '[Install]',
    `WantedBy=${scope === 'user' ? 'default.target' : 'multi-user.target'}`,
    '',
  ].join('\n');
}

/** Specifiers begin with a percent sign: systemd.unit(5), "Specifiers". */
const percentFree = (text: string): string => text.replaceAll('%', '%%');

/** One word of a command line: systemd.syntax(7), "Quoting"; systemd.service(5), "Command lines". */
const quoted = (text: string): string =>
  `"${percentFree(text).replace(/[\\"]/g, '\\$&').replaceAll('$', '$$$$')}"`;
