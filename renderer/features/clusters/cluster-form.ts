import { EmrTemplate } from '../../../shared/model/emr-template';
import { type FleetField, type FleetsForm, fleetFieldOf, fleetsForm, fleetsOf } from './fleet-form';

/** What the dialog of a new cluster holds; `rest` is what has no field there. */
export interface ClusterForm {
  readonly name: string;
  readonly releaseLabel: string;
  readonly applications: string;
  readonly primaryType: string;
  readonly coreType: string;
  /** 0 or empty: no core group. */
  readonly coreCount: string;
  readonly isCoreSpot: boolean;
  /** Fleets in place of all of these. */
  readonly hasFleets: boolean;
  readonly fleets: FleetsForm;
  readonly serviceRole: string;
  readonly instanceProfile: string;
  readonly keyPair: string;
  readonly subnetId: string;
  readonly logUri: string;
  /** Empty: never. */
  readonly idleMinutes: string;
  readonly isTerminationProtected: boolean;
  readonly rest: EmrTemplate;
}

export type ClusterProblem =
  | 'name-invalid'
  | 'release-invalid'
  | 'applications-invalid'
  | 'instance-type-invalid'
  | 'count-invalid'
  | 'groups-invalid'
  | 'fleets-invalid'
  | 'fleet-types-invalid'
  | 'fleet-timeout-invalid'
  | 'capacity-invalid'
  | 'role-invalid'
  | 'key-pair-invalid'
  | 'subnet-invalid'
  | 'log-uri-invalid'
  | 'idle-invalid'
  | 'bootstrap-invalid'
  | 'configuration-invalid'
  | 'tag-invalid'
  | 'scaling-invalid';
export type ClusterProblems = Readonly<Partial<Record<keyof ClusterForm | FleetField, ClusterProblem>>>;

/** The form that shows a template. */
export function clusterForm(template: EmrTemplate): ClusterForm {
  const { name, releaseLabel, serviceRole, instanceProfile, keyPair, subnetId, logUri } = template;
  const primary = template.groups.find(({ role }) => role === 'primary');
  const core = template.groups.find(({ role }) => role === 'core');
  return {
    ...{ name, releaseLabel, serviceRole, instanceProfile, keyPair, subnetId, logUri },
    applications: template.applications.join(', '),
    primaryType: primary?.instanceType ?? '',
    coreType: core?.instanceType ?? primary?.instanceType ?? '',
    coreCount: String(core?.count ?? 0),
    isCoreSpot: core?.isSpot ?? false,
    hasFleets: template.fleets.length > 0,
    fleets: fleetsForm(template),
    idleMinutes: template.idleMinutes === null ? '' : String(template.idleMinutes),
    isTerminationProtected: template.isTerminationProtected,
    rest: template,
  };
}

/** The template to save or to make a cluster from, or what is wrong with each field. */
export function readCluster(
  form: ClusterForm,
): { readonly template: EmrTemplate } | { readonly problems: ClusterProblems } {
  const { rest, applications, primaryType, coreType, coreCount, isCoreSpot, idleMinutes, ...others } = form;
  const { hasFleets, fleets: fleetFields, ...same } = others;
  const fleets = hasFleets ? fleetsOf(fleetFields) : [];
  const primary = rest.groups.find(({ role }) => role === 'primary');
  const hasCore = !/^\s*0*\s*$/.test(coreCount);
  const read = EmrTemplate.safeParse({
    ...rest,
    ...same,
    applications: applications
      .split(',')
      .map((application) => application.trim())
      .filter((application) => application !== ''),
    fleets,
    groups: hasFleets
      ? rest.groups
      : [
          {
            role: 'primary',
            instanceType: primaryType,
            count: primary?.count ?? 1,
            isSpot: primary?.isSpot ?? false,
          },
          ...(hasCore
            ? [{ role: 'core', instanceType: coreType, count: Number(coreCount), isSpot: isCoreSpot }]
            : []),
          ...rest.groups.filter(({ role }) => role === 'task'),
        ],
    idleMinutes: idleMinutes.trim() === '' ? null : Number(idleMinutes),
  });
  if (read.success) return { template: read.data };
  const problems: { -readonly [Field in keyof ClusterProblems]?: ClusterProblem } = {};
  for (const { path, message } of read.error.issues) {
    const role = path[0] === 'fleets' ? fleets[Number(path[1])]?.role : undefined;
    const field = role === undefined ? fieldOf(path) : fleetFieldOf(role, path[2]);
    problems[field] ??= message as ClusterProblem;
  }
  return { problems };
}

function fieldOf([first, index, part]: readonly PropertyKey[]): keyof ClusterForm {
  if (first !== 'groups') return first === undefined || !isField(first) ? 'rest' : first;
  if (index === 0) return 'primaryType';
  return part === 'instanceType' ? 'coreType' : 'coreCount';
}

const fields = [
  ...(['name', 'releaseLabel', 'applications', 'serviceRole', 'instanceProfile'] as const),
  ...(['keyPair', 'subnetId', 'logUri', 'idleMinutes'] as const),
] satisfies readonly (keyof ClusterForm)[];
const isField = (key: PropertyKey): key is (typeof fields)[number] =>
  (fields as readonly PropertyKey[]).includes(key);
