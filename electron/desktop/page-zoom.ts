import type { WebContents } from 'electron';
import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import type { RecoverableStore } from '../system/recoverable-store';

const Zoom = z.strictObject({
  machineId: MachineId,
  /** Chromium's zoom level: each step is 20 %, 0 is the actual size. */
  level: z.number(),
});

/** How large the pages of machines are shown; those that are not listed have their actual size. */
export const PageZoomData = z.strictObject({ zooms: z.array(Zoom).readonly() });
export type PageZoomData = Readonly<z.infer<typeof PageZoomData>>;

export const pageZoomVersion = 1;
export const noPageZoom: PageZoomData = { zooms: [] };

/** 40 % to 250 %: beyond, nobody finds the way back. */
const largestLevel = 5;

interface PageZoomDependencies {
  readonly store: Pick<RecoverableStore<PageZoomData>, 'value' | 'replace'>;
  /** The pages of a machine that are loaded. */
  readonly pagesOf: (machineId: MachineId) => readonly Pick<WebContents, 'setZoomLevel'>[];
  /** A failure costs no more than the size at the next start. */
  readonly onWriteFailed: (error: unknown) => void;
}

/** Shows all pages of a machine in the size that the user chose for it. */
export class PageZoom {
  constructor(private readonly deps: PageZoomDependencies) {}

  /** Zooms by so many of Chromium's levels; 0 goes back to the actual size. */
  zoom(machineId: MachineId, levels: number): void {
    const wanted = levels === 0 ? 0 : this.#levelOf(machineId) + levels;
    const level = Math.min(Math.max(wanted, -largestLevel), largestLevel);
    const others = this.deps.store.value().zooms.filter((zoom) => zoom.machineId !== machineId);
    this.#write(level === 0 ? others : [...others, { machineId, level }]);
    for (const page of this.deps.pagesOf(machineId)) page.setZoomLevel(level);
  }

  /** From now on a page of the machine has its size, wherever it goes: Chromium's own memory is by host. */
  follow(page: Pick<WebContents, 'setZoomLevel' | 'on'>, machineId: MachineId): void {
    page.on('did-navigate', () => page.setZoomLevel(this.#levelOf(machineId)));
  }

  forget(machineId: MachineId): void {
    const { zooms } = this.deps.store.value();
    const left = zooms.filter((zoom) => zoom.machineId !== machineId);
    if (left.length < zooms.length) this.#write(left);
  }

  #levelOf(machineId: MachineId): number {
    return this.deps.store.value().zooms.find((zoom) => zoom.machineId === machineId)?.level ?? 0;
  }

  #write(zooms: PageZoomData['zooms']): void {
    try {
      this.deps.store.replace({ zooms });
    } catch (error) {
      this.deps.onWriteFailed(error);
    }
  }
}
