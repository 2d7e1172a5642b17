import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { EmrNodeWay, type EmrPrimaryNode } from '../../../../shared/model/emr-primary-node';
import { isSaved, type Machine, type MachineId } from '../../../../shared/model/machine';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { FormButtons } from '../../../components/form-buttons';
import { Select } from '../../../components/select';
import { TextField } from '../../../components/text-field';
import { useTask } from '../../../components/use-task';
import { machinesStore } from '../../../stores/machines-store';
import { showFailure } from '../../../stores/notices-store';
import { AwsProblem } from '../../aws/aws-problem';
import styles from '../clusters.module.css';

interface NodeDialogProps {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
  readonly node: EmrPrimaryNode;
  /** The one that leads there already. */
  readonly machine: Machine | undefined;
  readonly onClose: () => void;
  readonly onBound: (machineId: MachineId) => void;
}

/** How to reach a cluster's primary node; what is asked is kept as a machine. */
export function NodeDialog({ accountId, clusterId, node, machine, ...on }: NodeDialogProps) {
  const { t } = useTranslation('clusters');
  const machines = useStore(machinesStore, (list) => list.machines);
  const [host, setHost] = useState(machine?.route.host ?? (node.publicName || node.privateName));
  const [port, setPort] = useState(String(machine?.route.port ?? 22));
  const [user, setUser] = useState(machine?.route.user ?? 'hadoop');
  const [keyPath, setKeyPath] = useState(
    machine?.identity.kind === 'keyFile' ? machine.identity.path : node.keyPath,
  );
  const first = machine?.route.jumps[0];
  const [jumpId, setJumpId] = useState(first?.kind === 'machine' ? first.machineId : null);
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const task = useTask();
  const read = EmrNodeWay.safeParse({ host, port: Number(port), user, keyPath, jumpId });
  const problem = (field: keyof EmrNodeWay) =>
    areProblemsShown && read.error?.issues.some(({ path }) => path[0] === field)
      ? t(`node.problem.${field as 'host'}`)
      : undefined;
  const connect = () => {
    setAreProblemsShown(true);
    if (!read.success) return;
    task.run(
      () => nuvem.emrNodes.bind({ accountId, clusterId, way: read.data }),
      (machineId) => {
        on.onBound(machineId);
        nuvem.connections.connect({ machineId }).catch(showFailure);
      },
    );
  };
  const browse = () => {
    nuvem.app
      .chooseKeyFile()
      .then((path) => path !== null && setKeyPath(path))
      .catch(showFailure);
  };
  const names = [
    { value: node.publicName, text: t('node.publicName', { name: node.publicName }) },
    { value: node.privateName, text: t('node.privateName', { name: node.privateName }) },
  ].filter(({ value }) => value !== '');
  return (
    <Dialog
      title={t('node.connect')}
      width="wide"
      onCancel={on.onClose}
      onSubmit={connect}
      buttons={<FormButtons submit={t('node.connectNow')} isRunning={task.isRunning} onCancel={on.onClose} />}
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <p className={styles.muted}>{t('node.about')}</p>
      {names.length > 1 && <Select label={t('node.name')} value={host} options={names} onChange={setHost} />}
      <TextField label={t('node.host')} value={host} onChange={setHost} error={problem('host')} isMono />
      <div className={styles.columns}>
        <TextField label={t('node.user')} value={user} onChange={setUser} error={problem('user')} isMono />
        <TextField
          label={t('node.port')}
          value={port}
          onChange={setPort}
          error={problem('port')}
          inputMode="numeric"
          isMono
        />
      </div>
      <TextField
        label={t('node.keyPath')}
        description={t(node.keyPair === '' ? 'node.noKeyPair' : 'node.keyPathHint', {
          keyPair: node.keyPair,
        })}
        value={keyPath}
        onChange={setKeyPath}
        error={problem('keyPath')}
        placeholder="~/.ssh/my-key.pem"
        isMono
        addition={<Button onPress={browse}>{t('node.browse')}</Button>}
      />
      <Select
        label={t('node.jump')}
        value={jumpId ?? ''}
        options={[
          { value: '', text: t('node.noJump') },
          ...machines
            .filter((candidate) => isSaved(candidate) && candidate.id !== machine?.id)
            .map(({ id, name }) => ({ value: id as string, text: name })),
        ]}
        onChange={(value) => setJumpId(machines.find(({ id }) => id === value)?.id ?? null)}
      />
    </Dialog>
  );
}
