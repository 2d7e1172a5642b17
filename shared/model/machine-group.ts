import { z } from 'zod';
import { singleLine } from './host-and-port';
import { Colour, GroupId, type InheritableSetting, MachineDraft, Route, usualAgent } from './machine';

/** The settings that a group, or the default settings, give to the machines that inherit them; absent: not set. */
export const GroupSettings = z.strictObject({
  user: Route.shape.user.exactOptional(),
  port: Route.shape.port.exactOptional(),
  jumps: Route.shape.jumps.exactOptional(),
  proxy: Route.shape.proxy.exactOptional(),
  identity: MachineDraft.shape.identity.exactOptional(),
  forwardsAgent: MachineDraft.shape.forwardsAgent.exactOptional(),
  allowsOldAlgorithms: MachineDraft.shape.allowsOldAlgorithms.exactOptional(),
  workingFolder: MachineDraft.shape.workingFolder.exactOptional(),
  notebook: MachineDraft.shape.notebook.exactOptional(),
  idlePolicy: MachineDraft.shape.idlePolicy.exactOptional(),
  keepsCookies: MachineDraft.shape.keepsCookies.exactOptional(),
} satisfies Record<InheritableSetting, z.ZodType>);
export type GroupSettings = Readonly<z.infer<typeof GroupSettings>>;

export const GroupDraft = z.strictObject({
  /** Null: a new group. */
  id: GroupId.nullable(),
  name: z.string().trim().min(1, 'name-empty').max(100, 'name-too-long').regex(singleLine, 'single-line'),
  /** The group that it lies in; null: none. */
  parentId: GroupId.nullable(),
  colour: Colour.nullable(),
  settings: GroupSettings,
});
export type GroupDraft = Readonly<z.infer<typeof GroupDraft>>;

export const MachineGroup = GroupDraft.extend({ id: GroupId });
export type MachineGroup = Readonly<z.infer<typeof MachineGroup>>;

export const emptyGroupDraft: GroupDraft = { id: null, name: '', parentId: null, colour: null, settings: {} };

/** What holds for a setting that neither a group nor the default settings set; a user has no such value. */
export const builtInSettings = {
  port: 22,
  jumps: [],
  proxy: null,
  identity: usualAgent,
  forwardsAgent: false,
  allowsOldAlgorithms: false,
  workingFolder: '',
  notebook: { kind: 'auto' },
  idlePolicy: { kind: 'nothing' },
  keepsCookies: false,
} as const satisfies Required<Omit<GroupSettings, 'user'>>;
