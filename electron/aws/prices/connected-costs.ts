import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { Ec2Instance } from '../../../shared/model/ec2';
import type { HourlyPrice } from '../../../shared/model/hourly-price';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import type { MachineId } from '../../../shared/model/machine';
import { type RunningCost, runningCost } from '../../../shared/model/running-cost';
import type { AwsSession } from '../aws-session';
import { readInstances } from '../ec2/read-instance';
import type { PriceBook } from './price-book';

interface ConnectedCostsDependencies {
  /** Null: the machine is no instance. */
  readonly bindingOf: (machineId: MachineId) => InstanceBinding | null;
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly prices: Pick<PriceBook, 'pricesOf'>;
  readonly onChanged: () => void;
  /** Of an instance whose cost could not be had: it is not in the sum. */
  readonly onTrouble: (error: unknown) => void;
}

interface Counted {
  readonly instance: Ec2Instance;
  readonly prices: readonly HourlyPrice[];
}

/** What the instances cost together that machines are which are connected. */
export class ConnectedCosts {
  /** Null: it is being looked up. */
  readonly #machines = new Map<MachineId, { readonly abort: AbortController; counted: Counted | null }>();

  constructor(private readonly deps: ConnectedCostsDependencies) {}

  /** Call at each change: AWS is asked once for each time that a machine is connected. */
  connectionChanged(machineId: MachineId, isConnected: boolean): void {
    const known = this.#machines.get(machineId);
    if (isConnected === (known !== undefined)) return;
    if (known !== undefined) {
      known.abort.abort();
      this.#machines.delete(machineId);
      if (known.counted !== null) this.deps.onChanged();
      return;
    }
    const binding = this.deps.bindingOf(machineId);
    if (binding === null) return;
    const place = { abort: new AbortController(), counted: null as Counted | null };
    this.#machines.set(machineId, place);
    this.#lookUp(binding, place.abort.signal).then(
      (counted) => {
        if (counted === null || place.abort.signal.aborted) return;
        place.counted = counted;
        this.deps.onChanged();
      },
      (error: unknown) => {
        if (!place.abort.signal.aborted) this.deps.onTrouble(error);
      },
    );
  }

  /** Null: there is nothing to count, or no price is known. */
  total(nowMs: number): RunningCost | null {
    const counted = [...this.#machines.values()].flatMap((place) => place.counted ?? []);
    const byId = new Map(counted.map(({ instance }) => [instance.id, instance]));
    const prices = counted.flatMap((one) => one.prices);
    const cost = runningCost([...byId.values()], prices, nowMs);
    return cost.usdPerHour > 0 ? cost : null;
  }

  async #lookUp({ accountId, instanceId }: InstanceBinding, signal: AbortSignal): Promise<Counted | null> {
    const session = await this.deps.session(accountId);
    const answer = await session.call('ec2.describeInstances', { InstanceIds: [instanceId] }, signal);
    const [instance] = readInstances(answer);
    if (instance === undefined) return null;
    return { instance, prices: await this.deps.prices.pricesOf(session, [instance.instanceType], signal) };
  }
}
