import { z } from 'zod';
import { areFleetsRight, EmrFleet } from './emr-fleet';

/** Schema messages are text keys below `problem.` of the `clusters` texts. */
const word = (message: string) =>
  z
    .string()
    .trim()
    .min(1, message)
    .max(256, message)
    .regex(/^[^\r\n\0]*$/, message);
const optional = (pattern: RegExp, message: string) =>
  z
    .string()
    .trim()
    .max(1024, message)
    .refine((text) => text === '' || pattern.test(text), message);

export const instanceRoles = ['primary', 'core', 'task'] as const;

const InstanceGroup = z.strictObject({
  role: z.enum(instanceRoles),
  instanceType: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'instance-type-invalid'),
  count: z.number('count-invalid').int('count-invalid').min(1, 'count-invalid').max(2000, 'count-invalid'),
  isSpot: z.boolean(),
});
export type EmrInstanceGroup = Readonly<z.infer<typeof InstanceGroup>>;

const properties = z.record(z.string(), z.string());

const BootstrapAction = z.strictObject({
  name: word('bootstrap-invalid'),
  /** Where its script lies, e.g. `s3://bucket/script.sh`. */
  path: word('bootstrap-invalid'),
  args: z.array(z.string()).readonly(),
});

/** EMR's "Configuration"; one inside another is as deep as EMR's own examples go (`spark-env`, `export`). */
const InnerConfiguration = z.strictObject({ classification: word('configuration-invalid'), properties });
const Configuration = InnerConfiguration.extend({
  configurations: z.array(InnerConfiguration).readonly().optional(),
});

const groupsProblem = (groups: readonly EmrInstanceGroup[]): boolean => {
  const ofRole = (role: EmrInstanceGroup['role']) => groups.filter((group) => group.role === role);
  const primaries = ofRole('primary');
  return primaries.length === 1 && [1, 3].includes(primaries[0]?.count ?? 0) && ofRole('core').length <= 1;
};

/** What a cluster of Amazon EMR is made from. Holds no secret. */
export const EmrTemplate = z.strictObject({
  name: word('name-invalid'),
  releaseLabel: z
    .string()
    .trim()
    .regex(/^emr-[5-9]\.\d{1,2}\.\d{1,2}$/, 'release-invalid'),
  applications: z.array(word('applications-invalid')).readonly(),
  /** One primary (or three), at most one core group, any number of task groups. */
  groups: z.array(InstanceGroup).readonly().refine(groupsProblem, 'groups-invalid'),
  /** In place of the groups, if there are any. Templates of before have none. */
  fleets: z.array(EmrFleet).readonly().refine(areFleetsRight, 'fleets-invalid').default([]),
  serviceRole: word('role-invalid'),
  /** The role of the instances. */
  instanceProfile: word('role-invalid'),
  /** Of EC2, by which SSH signs in; empty: none, and no SSH. */
  keyPair: optional(/^[^\r\n]+$/, 'key-pair-invalid'),
  subnetId: optional(/^subnet-[0-9a-f]+$/, 'subnet-invalid'),
  /** Where logs are kept; empty: nowhere. */
  logUri: optional(/^s3[an]?:\/\/[^\s/]+(\/\S*)?$/, 'log-uri-invalid'),
  bootstrapActions: z.array(BootstrapAction).readonly(),
  configurations: z.array(Configuration).readonly(),
  tags: z
    .array(z.strictObject({ key: word('tag-invalid'), value: z.string().max(256, 'tag-invalid') }))
    .readonly(),
  isTerminationProtected: z.boolean(),
  /** Ends by itself after so long without work (EMR: 1 minute to 7 days); null: never. */
  idleMinutes: z
    .number('idle-invalid')
    .int('idle-invalid')
    .min(1, 'idle-invalid')
    .max(7 * 24 * 60, 'idle-invalid')
    .nullable(),
  /** EMR adds and removes instances between these; null: it does not. */
  scaling: z
    .strictObject({
      minimum: z.number().int().min(1, 'scaling-invalid').max(2000, 'scaling-invalid'),
      maximum: z.number().int().min(1, 'scaling-invalid').max(2000, 'scaling-invalid'),
    })
    .refine(({ minimum, maximum }) => minimum <= maximum, 'scaling-invalid')
    .nullable(),
});
export type EmrTemplate = Readonly<z.infer<typeof EmrTemplate>>;

/** A cluster for a data scientist who wants no choices: Spark and notebooks on three machines. */
export const usualTemplate: EmrTemplate = {
  name: 'Nuvem',
  releaseLabel: 'emr-6.15.0',
  applications: ['Spark', 'JupyterHub'],
  groups: [
    { role: 'primary', instanceType: 'm5.xlarge', count: 1, isSpot: false },
    { role: 'core', instanceType: 'm5.xlarge', count: 2, isSpot: false },
  ],
  fleets: [],
  serviceRole: 'EMR_DefaultRole',
  instanceProfile: 'EMR_EC2_DefaultRole',
  keyPair: '',
  subnetId: '',
  logUri: '',
  bootstrapActions: [],
  configurations: [],
  tags: [],
  isTerminationProtected: false,
  idleMinutes: 60,
  scaling: null,
};

export const EmrTemplateId = z.uuid().brand<'EmrTemplateId'>();
export type EmrTemplateId = z.infer<typeof EmrTemplateId>;

export const SavedEmrTemplate = z.strictObject({ id: EmrTemplateId, template: EmrTemplate });
export type SavedEmrTemplate = Readonly<z.infer<typeof SavedEmrTemplate>>;

export const emrTemplateFormats = ['yaml', 'json'] as const;
export type EmrTemplateFormat = (typeof emrTemplateFormats)[number];
