import { AppError } from '../../../shared/errors/app-error';
import type { UnitAction, UnitId } from '../../../shared/model/service-unit';
import type { Transport } from '../../connection/transport';
import { redact } from '../redact';
import { factOf, runRemoteScript } from '../remote-script';
import act from './remote/act.sh?raw';
import systemd from './remote/systemd.sh?raw';
import { unitName } from './unit-file';
import { unitProblemOf } from './unit-launch';

interface UnitOrder {
  readonly id: UnitId;
  /** For sudo, where the service is the machine's; empty: it asks for none. Secret. */
  readonly password: string;
}

/** A server that is asked to end may take its time: see `TimeoutStopSec` in `unitFile`. */
const timeoutMs = 90_000;

/**
 * Resolves once systemd has done it.
 * @throws AppError `sudo-refused`, `service-refused`, `service-gone`, or why the connection failed
 */
export async function actOnUnit(
  transport: Transport,
  { id, password }: UnitOrder,
  action: UnitAction,
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  await run(transport, { id, action, password }, unitName(id), random);
}

/** Ends a service and removes it with its server's folder. @throws as `actOnUnit` */
export const removeUnit = (
  transport: Transport,
  order: UnitOrder,
  random: (sizeBytes: number) => Buffer,
): Promise<void> => actOnUnit(transport, order, 'remove', random);

/**
 * Lets the user's services run while the user is not signed in, by `loginctl enable-linger`, with sudo where it takes
 * that. @throws AppError `lingering-refused`, `user-manager-missing`, or why the connection failed
 */
export async function turnLingeringOn(
  transport: Transport,
  password: string,
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  await run(transport, { id: '', action: 'linger', password }, '', random);
}

async function run(
  transport: Transport,
  values: Readonly<Record<string, string>>,
  name: string,
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  const facts = await runRemoteScript(transport, { text: `${systemd}\n${act}`, values }, random, {
    timeoutMs,
  });
  if (factOf(facts, 'done') !== undefined) return;
  const log = redact(facts.filter((fact) => fact.name === 'log').map(({ value }) => value));
  const problem = unitProblemOf(`unit-${factOf(facts, 'problem') ?? 'service'}`, name, log);
  throw problem ?? new AppError('service-refused', { name }, { details: log });
}
