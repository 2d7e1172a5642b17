import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../shared/errors/app-error';
import type { Machine } from '../../../shared/model/machine';
import type { Tunnel } from '../../../shared/model/tunnel';
import type { TunnelState } from '../../../shared/model/tunnel-status';
import { Button } from '../../components/button';
import { ProblemBox } from '../../components/problem-box';
import { errorTexts } from '../../i18n/error-texts';
import { moveToPort, turnTunnel } from './tunnel-actions';

interface TunnelProblemProps {
  readonly machine: Machine;
  readonly tunnel: Tunnel;
  readonly state: TunnelState;
  /** Of its last client. */
  readonly lastError: ErrorReport | null;
}

/** Why a tunnel or its last client failed, and the button that helps. */
export function TunnelProblem({ machine, tunnel, state, lastError }: TunnelProblemProps) {
  const { t } = useTranslation();
  const isFailed = state.kind === 'failed';
  const report = isFailed ? state.error : state.kind === 'off' ? null : lastError;
  if (report === null) return null;
  const texts = errorTexts(t, report, machine);
  if (!isFailed) return <ProblemBox texts={texts} level="warning" />;
  const suggestedPort = Number(report.params.suggestedPort ?? 0);
  return (
    <ProblemBox
      texts={texts}
      actions={
        <>
          {suggestedPort > 0 && (
            <Button onPress={() => moveToPort(machine.id, tunnel, suggestedPort)}>
              {t('tunnel.usePort', { port: suggestedPort })}
            </Button>
          )}
          <Button onPress={() => turnTunnel(machine.id, tunnel.id, true)}>{t('error.action.retry')}</Button>
        </>
      }
    />
  );
}
