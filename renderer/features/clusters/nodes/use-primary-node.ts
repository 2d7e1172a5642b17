import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { EmrPrimaryNode } from '../../../../shared/model/emr-primary-node';
import type { Machine, MachineId } from '../../../../shared/model/machine';
import { nuvem } from '../../../api/nuvem';
import { findMachine, machinesStore } from '../../../stores/machines-store';

interface PrimaryNode {
  /** Null: AWS has not told yet. */
  readonly node: EmrPrimaryNode | null;
  /** The saved machine that leads there. */
  readonly machine: Machine | undefined;
  /** Why AWS did not tell. */
  readonly failure: AppError | null;
  readonly bound: (machineId: MachineId) => void;
}

/** The primary node of a cluster, asked for again when `askAgain` changes; while `isThere` is false nobody is asked. */
export function usePrimaryNode(
  accountId: AwsAccountId,
  clusterId: string,
  isThere: boolean,
  askAgain = '',
): PrimaryNode {
  const [node, setNode] = useState<EmrPrimaryNode | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const machine = useStore(machinesStore, (list) =>
    node?.machineId ? findMachine(list, node.machineId) : undefined,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of the node changes with it.
  useEffect(() => {
    if (!isThere) return;
    let isCurrent = true;
    setFailure(null);
    nuvem.emrNodes.node({ accountId, clusterId }).then(
      (known) => isCurrent && setNode(known),
      (thrown: unknown) => isCurrent && setFailure(AppError.from(thrown)),
    );
    return () => {
      isCurrent = false;
    };
  }, [accountId, clusterId, isThere, askAgain]);
  const bound = (machineId: MachineId) => node && setNode({ ...node, machineId });
  return { node, machine, failure, bound };
}
