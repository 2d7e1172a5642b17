import { AppError } from '../../../shared/errors/app-error';
import type { Machine, MachineId } from '../../../shared/model/machine';
import {
  type JournalBatch,
  type UnitAction,
  UnitId,
  type UnitPlan,
  type UnitScope,
  type UnitsActivity,
  type UnitsSnapshot,
} from '../../../shared/model/service-unit';
import { shellWord } from '../../../shared/util/shell-word';
import { HeldConnections } from '../../access/held-connections';
import type { Connections } from '../../connection/machine-link';
import { withTransport } from '../../connection/with-transport';
import { actOnUnit, turnLingeringOn } from './act-on-unit';
import { findUnits, type UnitSurvey } from './find-units';
import { followJournal } from './follow-journal';
import { unitFile, unitName } from './unit-file';

export interface UnitServiceDeps {
  readonly connections: Connections;
  /** @throws AppError `machine-not-found` */
  readonly machineOf: (machineId: MachineId) => Machine;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  readonly onChanged: (snapshot: UnitsSnapshot) => void;
  readonly onJournal: (batch: JournalBatch) => void;
  /** A service was started, stopped or removed: the servers that run are others now. */
  readonly onServersChanged: (machineId: MachineId) => void;
}

interface Desk {
  revision: number;
  activity: UnitsActivity;
  survey: UnitSurvey | null;
  journal: AbortController;
}

/**
 * The notebook servers that systemd keeps as services on machines. Progress and failure are told by snapshots: what
 * has no answer of its own resolves when it has ended, either way.
 */
export class UnitService {
  readonly #held: HeldConnections;
  readonly #desks = new Map<MachineId, Desk>();

  constructor(private readonly deps: UnitServiceDeps) {
    this.#held = new HeldConnections(deps.connections);
  }

  snapshots(): readonly UnitsSnapshot[] {
    return [...this.#desks].map(([machineId, desk]) => snapshotOf(machineId, desk));
  }

  /** Connects if needed and looks which services there are. @throws AppError `machine-not-found` */
  async look(machineId: MachineId): Promise<void> {
    await this.#work(machineId, { kind: 'looking' }, async () => undefined);
  }

  /** A server of the machine has ended: looks again, where somebody has looked and nothing is under way. */
  async serverEnded(machineId: MachineId): Promise<void> {
    const desk = this.#desks.get(machineId);
    const isAtRest = desk?.activity.kind === 'idle' || desk?.activity.kind === 'failed';
    if (isAtRest && desk?.survey) await this.look(machineId);
  }

  /**
   * What would be written and run for a service in `folder`; empty: the home folder. Connects if needed.
   * @throws AppError `service-without-containers`, or why the machine could not be looked at
   */
  async plan(machineId: MachineId, folder: string, scope: UnitScope): Promise<UnitPlan> {
    const { notebook } = this.deps.machineOf(machineId);
    if (notebook.kind === 'image') throw new AppError('service-without-containers');
    const survey = await this.#survey(machineId);
    const id = UnitId.parse(this.deps.random(6).toString('hex'));
    const { base, userName, homeFolder } = survey;
    const name = unitName(id);
    const units = scope === 'user' ? `${homeFolder}/.config/systemd/user` : '/etc/systemd/system';
    const path = `${units}/${name}`;
    const control =
      scope === 'user' ? 'systemctl --user' : survey.ways.system === 'root' ? 'systemctl' : 'sudo systemctl';
    return {
      id,
      path,
      text: unitFile({ id, scope, folder, base, userName }),
      commands: [`${control} daemon-reload`, `${control} enable ${name}`, `${control} start ${name}`],
      lingerCommand: `loginctl enable-linger ${shellWord(userName)}`,
    };
  }

  /** Starts, stops, removes… a service. `password` is for sudo. @throws AppError `machine-not-found` */
  async act(machineId: MachineId, unitId: UnitId, action: UnitAction, password: string): Promise<void> {
    await this.#work(machineId, { kind: 'acting', unitId }, async () => {
      const link = this.#held.link(machineId);
      await withTransport(link, (transport) =>
        actOnUnit(transport, { id: unitId, password }, action, this.deps.random),
      );
      this.deps.onServersChanged(machineId);
    });
  }

  /** @throws AppError `machine-not-found` */
  async turnLingeringOn(machineId: MachineId, password: string): Promise<void> {
    await this.#work(machineId, { kind: 'lingering' }, () =>
      withTransport(this.#held.link(machineId), (transport) =>
        turnLingeringOn(transport, password, this.deps.random),
      ),
    );
  }

  /** Tells a service's journal from now on, of one service per machine; null: of none. */
  followJournal(machineId: MachineId, unitId: UnitId | null): void {
    const desk = this.#desk(machineId);
    desk.journal.abort();
    desk.journal = new AbortController();
    if (unitId !== null) void this.#follow(machineId, unitId, desk.journal.signal);
  }

  /** The machine was removed: its services go on, nobody here looks after them any more. */
  forget(machineId: MachineId): void {
    this.#desks.get(machineId)?.journal.abort();
    this.#desks.delete(machineId);
  }

  /** Begins anew whenever the connection was lost. */
  async #follow(machineId: MachineId, unitId: UnitId, signal: AbortSignal): Promise<void> {
    const { random, onJournal } = this.deps;
    const onLines = (lines: readonly string[], isFirst: boolean) =>
      onJournal({ machineId, unitId, lines, isFirst });
    const error = await failureOf(() =>
      withTransport(
        this.#held.link(machineId),
        (transport) => followJournal(transport, unitId, onLines, { random, signal }),
        signal,
      ),
    );
    if (error === null || signal.aborted || error.code === 'cancelled') return;
    this.#enter(machineId, this.#desk(machineId), { kind: 'failed', error: error.toReport() });
  }

  async #work(machineId: MachineId, activity: UnitsActivity, work: () => Promise<void>): Promise<void> {
    this.deps.machineOf(machineId);
    const desk = this.#desk(machineId);
    this.#enter(machineId, desk, activity);
    const failure = await failureOf(work);
    const lookFailure = await failureOf(async () => void (await this.#survey(machineId)));
    const error = failure ?? lookFailure;
    const isShown = error !== null && error.code !== 'cancelled';
    this.#enter(machineId, desk, isShown ? { kind: 'failed', error: error.toReport() } : { kind: 'idle' });
  }

  async #survey(machineId: MachineId): Promise<UnitSurvey> {
    const link = this.#held.link(machineId);
    const survey = await withTransport(link, (transport) => findUnits(transport, this.deps.random));
    this.#desk(machineId).survey = survey;
    return survey;
  }

  #desk(machineId: MachineId): Desk {
    const desk = this.#desks.get(machineId) ?? {
      revision: 0,
      activity: { kind: 'idle' },
      survey: null,
      journal: new AbortController(),
    };
    this.#desks.set(machineId, desk);
    return desk;
  }

  #enter(machineId: MachineId, desk: Desk, activity: UnitsActivity): void {
    desk.activity = activity;
    desk.revision += 1;
    if (this.#desks.get(machineId) === desk) this.deps.onChanged(snapshotOf(machineId, desk));
  }
}

function snapshotOf(machineId: MachineId, { revision, activity, survey }: Desk): UnitsSnapshot {
  const found = survey === null ? null : { ways: survey.ways, units: survey.units };
  return { machineId, revision, activity, found };
}

async function failureOf(work: () => Promise<void>): Promise<AppError | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    return AppError.from(thrown);
  }
}
