import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';
import { ServerId } from './notebook';

export const TabId = z.uuid().brand<'TabId'>();
export type TabId = z.infer<typeof TabId>;

/** What stands between the user and a tab's page. */
export const TabHindrance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Was open in an earlier run, or closed and opened again: it is loaded once it comes to the front. */
  z.strictObject({ kind: z.literal('asleep') }),
  /** The machine is being connected, and its server looked for. */
  z.strictObject({ kind: z.literal('waking') }),
  z.strictObject({ kind: z.literal('wakeFailed'), error: ErrorReport }),
  /** The page's own script keeps it from answering the user. */
  z.strictObject({ kind: z.literal('unresponsive') }),
  /** The page's process is gone. */
  z.strictObject({ kind: z.literal('crashed') }),
  /** The server's certificate is vouched for by nobody; only the user can say whether it is the right one. */
  z.strictObject({
    kind: z.literal('certificate'),
    /** `localhost:9443` */
    host: z.string(),
    /** `sha256/…`, base64. */
    fingerprint: z.string(),
    /** By whom it says that it was issued. */
    issuer: z.string(),
    validUntilMs: z.number(),
    /** The user trusts another certificate there. */
    isChanged: z.boolean(),
  }),
]);
export type TabHindrance = Readonly<z.infer<typeof TabHindrance>>;

const withoutPage: ReadonlySet<TabHindrance['kind']> = new Set(['asleep', 'waking', 'wakeFailed']);

/** False: the tab has no page yet. */
export const isAwake = ({ hindrance }: { readonly hindrance: TabHindrance }): boolean =>
  !withoutPage.has(hindrance.kind);

/** A page of a machine, shown in a `<webview>` of the machine's own session partition. */
export const WebTab = z.strictObject({
  id: TabId,
  machineId: MachineId,
  /** The Jupyter server whose page it is; null: another page of the machine. */
  serverId: ServerId.nullable(),
  /** The page's title; until the page has one, what it was opened as. */
  title: z.string(),
  /** Where the page starts, as the far side would write it: `http://localhost:8888/lab`. Holds no token. */
  url: z.url(),
  /** Where the page is now. */
  address: z.url(),
  partition: z.string(),
  hindrance: TabHindrance,
});
export type WebTab = Readonly<z.infer<typeof WebTab>>;

export const TabList = z.strictObject({
  revision: z.number().int(),
  tabs: z.array(WebTab).readonly(),
  /** Null: the machines view is in front. */
  activeTabId: TabId.nullable(),
  /** A tab was closed that can be opened again. */
  canReopen: z.boolean(),
});
export type TabList = Readonly<z.infer<typeof TabList>>;
