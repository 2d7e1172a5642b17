import type { Kernel } from '../../shared/model/kernel';
import type { KernelIncident } from '../jupyter/kernels/kernel-state';

export interface IncidentFacts {
  /** From which length on the end of a cell is told; null: never. */
  readonly longRunSeconds: number | null;
  /** The user has a page of that server before their eyes. */
  readonly isInFront: boolean;
}

/** Whether the user wants to hear of it: not of short cells, nor of what the page in front of them shows anyway. */
export function isWorthTelling(
  incident: KernelIncident,
  { longRunSeconds, isInFront }: IncidentFacts,
): boolean {
  if (isInFront) return false;
  if (incident.kind !== 'runEnded') return true;
  return longRunSeconds !== null && incident.durationMs >= longRunSeconds * 1000;
}

/** What a kernel's notification names: its notebook, or what else it was started for, or the kernel itself. */
export function nameOfKernel({ sessions, displayName }: Kernel): string {
  const session = sessions.find(({ type }) => type === 'notebook') ?? sessions[0];
  return session === undefined || session.name === '' ? displayName : session.name;
}

/** `5 s`, `2 min 5 s`, `3 h 20 min`: alike in every language that Nuvem speaks. */
export function durationText(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
