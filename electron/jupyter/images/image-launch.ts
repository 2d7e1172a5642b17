import { AppError } from '../../../shared/errors/app-error';
import type { ImageChoice } from '../../../shared/model/notebook-image';
import type { Transport } from '../../connection/transport';
import { redact } from '../redact';
import { factOf, type RemoteFact, runRemoteScript } from '../remote-script';
import { type RunningJupyter, readRuntimeFile } from '../runtime-file';
import awaitScript from './remote/await-image.sh?raw';
import functions from './remote/launch-image.sh?raw';

/** Of ASCII's separators the one between units: no path, volume or option holds it. */
const separator = '\u001f';

/** How far an image is on its way to the machine. */
export interface ImageProgress {
  readonly image: string;
  /** Null: the engine does not tell. */
  readonly layers: number | null;
  readonly layersArrived: number;
}

/** What has become of a container that was asked for. */
export type ImageOutcome =
  | { readonly kind: 'listening'; readonly running: RunningJupyter; readonly facts: readonly RemoteFact[] }
  | { readonly kind: 'ended'; readonly error: AppError }
  | { readonly kind: 'pending'; readonly log: readonly string[] }
  /** The image is being fetched, or the container made of it: this takes as long as it takes. */
  | { readonly kind: 'coming'; readonly progress: ImageProgress };

/** Goes before the launch script when its choice is an image. */
export const imageFunctions: string = functions;

/** What the functions for images take besides what every launch takes. */
export function imageValues({
  engine,
  image,
  volumes,
  usesGpus,
  options,
}: ImageChoice): Readonly<Record<string, string>> {
  return {
    engine,
    image,
    volumes: volumes.join(separator),
    extras: options.join(separator),
    gpus: usesGpus ? 'yes' : 'no',
  };
}

/** Why no container was started; null: the problem is not one of images. */
export function imageProblemOf(kind: string, place: string): AppError | null {
  switch (kind) {
    case 'engine-missing':
      return new AppError('container-engine-missing', { engine: place });
    case 'engine-not-running':
      return new AppError('container-engine-not-running', { engine: place });
    case 'engine-forbidden':
      return new AppError('container-engine-forbidden', { socket: place });
    default:
      return null;
  }
}

/**
 * Waits up to `seconds` until the server in a container listens or has failed.
 * @throws AppError why the connection failed
 */
export async function awaitImage(
  transport: Transport,
  id: string,
  { image }: Pick<ImageChoice, 'image'>,
  seconds: number,
  random: (sizeBytes: number) => Buffer,
): Promise<ImageOutcome> {
  const script = { text: awaitScript, values: { id, seconds: String(seconds) } };
  const facts = await runRemoteScript(transport, script, random);
  const running = readRuntimeFile(factOf(facts, 'runtime') ?? '');
  if (running !== null) return { kind: 'listening', running, facts };
  const log = redact(facts.filter(({ name }) => name === 'log').map(({ value }) => value));
  const failed = factOf(facts, 'failed');
  if (failed !== undefined) {
    const exitCode = factOf(facts, 'exit') ?? '';
    return { kind: 'ended', error: failureOf(failed, image, exitCode, log) };
  }
  if (factOf(facts, 'phase') === 'started') return { kind: 'pending', log };
  const layers = Number(factOf(facts, 'layers') ?? 0);
  return {
    kind: 'coming',
    progress: {
      image,
      layers: layers > 0 ? layers : null,
      layersArrived: Number(factOf(facts, 'arrived') ?? 0),
    },
  };
}

function failureOf(failed: string, image: string, exitCode: string, details: readonly string[]): AppError {
  switch (failed) {
    case 'not-fetched':
      return new AppError('image-not-fetched', { image }, { details });
    case 'without-jupyter':
      return new AppError('image-without-jupyter', { image }, { details });
    case 'gpu-missing':
      return new AppError('container-gpu-missing', {}, { details });
    case 'not-started':
      return new AppError('container-not-started', { image }, { details });
    default:
      return new AppError('notebook-command-failed', { exitCode }, { details });
  }
}
