import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { NodeFile, NodeFilesState } from '../../../../shared/model/emr-node-files';
import { nuvem } from '../../../api/nuvem';
import { emrNodeFilesStore } from '../../../stores/emr-node-files-store';
import { showFailure } from '../../../stores/notices-store';

export interface NodeFilesChoice {
  readonly state: NodeFilesState;
  readonly look: () => void;
  isChosen(path: string): boolean;
  readonly choose: (paths: readonly string[], isChosen: boolean) => void;
  /** What the user wants to keep. */
  readonly chosen: readonly NodeFile[];
  /** What of it is not safe yet. */
  readonly toCopy: readonly NodeFile[];
}

/** What lies on a cluster's primary node, and what of it the user wants to keep: all, until they choose otherwise. */
export function useNodeFiles(accountId: AwsAccountId, clusterId: string): NodeFilesChoice {
  const { of, state: known } = useStore(emrNodeFilesStore);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => () => void nuvem.emrNodeFiles.leave().catch(showFailure), []);
  const state: NodeFilesState = of?.clusterId === clusterId ? known : { kind: 'idle' };
  const isChosen = (path: string) => !left.has(path);
  const chosen = state.kind === 'found' ? state.files.filter(({ path }) => isChosen(path)) : [];
  const safe = new Set(state.kind === 'found' ? state.copied : []);
  return {
    state,
    isChosen,
    chosen,
    toCopy: chosen.filter(({ path }) => !safe.has(path)),
    look: () => {
      setLeft(new Set());
      nuvem.emrNodeFiles.look({ accountId, clusterId }).catch(showFailure);
    },
    choose: (paths, nowChosen) => {
      const next = new Set(left);
      for (const path of paths) {
        if (nowChosen) next.delete(path);
        else next.add(path);
      }
      setLeft(next);
    },
  };
}
