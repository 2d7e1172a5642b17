import {
  type FoundUnits,
  type ServiceUnit,
  UnitId,
  UnitScope,
  UnitWays,
  unitStates,
} from '../../../shared/model/service-unit';
import type { Transport } from '../../connection/transport';
import { factOf, type RemoteFact, runRemoteScript } from '../remote-script';
import systemd from './remote/systemd.sh?raw';
import script from './remote/units.sh?raw';
import { unitName } from './unit-file';

/** What a machine says of its services, with what a new one's unit file is made of. */
export interface UnitSurvey extends FoundUnits {
  /** Absolute path of the folder that holds the servers' folders. */
  readonly base: string;
  readonly homeFolder: string;
  readonly userName: string;
}

/** @throws AppError `remote-shell-unsupported`, or why the connection failed */
export async function findUnits(
  transport: Transport,
  random: (sizeBytes: number) => Buffer,
): Promise<UnitSurvey> {
  const values = { password: '' };
  const facts = await runRemoteScript(transport, { text: `${systemd}\n${script}`, values }, random);
  const said = (name: string): string => factOf(facts, name) ?? '';
  return {
    ways: UnitWays.parse({ user: said('user'), lingering: said('lingering'), system: said('system') }),
    units: groupsOf(facts).flatMap(readUnit),
    base: said('base'),
    homeFolder: said('home'),
    userName: said('name'),
  };
}

/** The facts of each service. */
function groupsOf(facts: readonly RemoteFact[]): readonly (readonly RemoteFact[])[] {
  const groups: RemoteFact[][] = [];
  for (const fact of facts) {
    if (fact.name === 'unit') groups.push([fact]);
    else groups.at(-1)?.push(fact);
  }
  return groups;
}

/** A service as `systemctl show` tells of it; none for a folder that somebody else has put there. */
function readUnit(facts: readonly RemoteFact[]): readonly ServiceUnit[] {
  const id = UnitId.safeParse(factOf(facts, 'unit'));
  const scope = UnitScope.safeParse(factOf(facts, 'scope'));
  if (!id.success || !scope.success) return [];
  const properties = new Map(
    facts
      .filter(({ name }) => name === 'property')
      .map(({ value }) => {
        const at = value.indexOf('=');
        return [value.slice(0, at), value.slice(at + 1)] as const;
      }),
  );
  const active = unitStates.find((state) => state === properties.get('ActiveState'));
  const isMissing = properties.get('LoadState') === 'not-found';
  return [
    {
      id: id.data,
      scope: scope.data,
      name: unitName(id.data),
      folder: factOf(facts, 'folder') ?? '',
      state: isMissing ? 'missing' : (active ?? 'unknown'),
      result: properties.get('Result') ?? 'success',
      // Older systemd does not count them.
      restarts: Number(properties.get('NRestarts') ?? 0) || 0,
      isEnabled: properties.get('UnitFileState')?.startsWith('enabled') ?? false,
    },
  ];
}
