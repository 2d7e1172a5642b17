import { type EmrFleet, fleetRoles } from '../../../shared/model/emr-fleet';
import type { EmrTemplate } from '../../../shared/model/emr-template';

/** The fields of one fleet. */
export interface FleetForm {
  /** Types with their weight and their highest price: `m5.xlarge, m5.2xlarge*2, r5.2xlarge*2@80%`. */
  readonly types: string;
  /** In units of capacity; 0 or empty: none. */
  readonly onDemand: string;
  readonly spot: string;
  readonly allocation: EmrFleet['spotAllocation'];
  readonly timeoutMinutes: string;
  readonly timeoutAction: EmrFleet['spotTimeoutAction'];
}

export type FleetsForm = Readonly<Record<EmrFleet['role'], FleetForm>>;

/** A field of a fleet that has something wrong. */
export type FleetField = `${EmrFleet['role']}.${'types' | 'onDemand' | 'timeoutMinutes'}`;

const usualSpot = {
  allocation: 'price-capacity-optimized',
  timeoutMinutes: '60',
  timeoutAction: 'SWITCH_TO_ON_DEMAND',
} as const;

/** The fields that show the fleets of a template, or such as do what its groups do. */
export function fleetsForm({ fleets, groups }: Pick<EmrTemplate, 'fleets' | 'groups'>): FleetsForm {
  const formOf = (role: EmrFleet['role']): FleetForm => {
    const fleet = fleets.find((candidate) => candidate.role === role);
    if (fleet !== undefined)
      return {
        types: typesText(fleet.types),
        onDemand: String(fleet.onDemandCapacity),
        spot: String(fleet.spotCapacity),
        allocation: fleet.spotAllocation,
        timeoutMinutes: String(fleet.spotTimeoutMinutes),
        timeoutAction: fleet.spotTimeoutAction,
      };
    const group = fleets.length > 0 ? undefined : groups.find((candidate) => candidate.role === role);
    // A primary fleet is one instance.
    const count = String(role === 'primary' ? 1 : (group?.count ?? 0));
    return {
      ...usualSpot,
      types: group?.instanceType ?? '',
      onDemand: group?.isSpot ? '0' : count,
      spot: group?.isSpot ? count : '0',
    };
  };
  return { primary: formOf('primary'), core: formOf('core'), task: formOf('task') };
}

/** What the fields say, for the schema to judge; a core or task fleet without capacity is none. */
export function fleetsOf(form: FleetsForm): readonly { readonly role: EmrFleet['role'] }[] {
  return fleetRoles.flatMap((role) => {
    const { types, onDemand, spot, allocation, timeoutMinutes, timeoutAction } = form[role];
    const isNone = [onDemand, spot].every((capacity) => /^\s*0*\s*$/.test(capacity));
    if (isNone && role !== 'primary') return [];
    return [
      {
        role,
        onDemandCapacity: Number(onDemand),
        spotCapacity: Number(spot),
        types: readTypes(types),
        spotAllocation: allocation,
        spotTimeoutMinutes: Number(timeoutMinutes),
        spotTimeoutAction: timeoutAction,
      },
    ];
  });
}

/** The field that a part of a fleet is shown in. */
export function fleetFieldOf(role: EmrFleet['role'], part: PropertyKey | undefined): FleetField {
  if (part === 'types') return `${role}.types`;
  return part === 'spotTimeoutMinutes' ? `${role}.timeoutMinutes` : `${role}.onDemand`;
}

const typesText = (types: EmrFleet['types']): string =>
  types
    .map(({ instanceType, weight, bidPercent }) =>
      [instanceType, weight === 1 ? '' : `*${weight}`, bidPercent === null ? '' : `@${bidPercent}%`].join(''),
    )
    .join(', ');

const readTypes = (text: string): object[] =>
  text
    .split(',')
    .map((type) => type.replaceAll(/\s/g, ''))
    .filter((type) => type !== '')
    .map((type) => {
      const {
        name = type,
        weight = '1',
        bid,
      } = /^(?<name>[^*@]+)(\*(?<weight>\d+))?(@(?<bid>\d+)%?)?$/.exec(type)?.groups ?? {};
      return {
        instanceType: name,
        weight: Number(weight),
        bidPercent: bid === undefined ? null : Number(bid),
      };
    });
