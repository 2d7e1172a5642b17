import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import type { FieldProps } from './field-props';
import { type JumpForm, movedJump, newJumpForm } from './jump-form';
import { JumpRow } from './jump-row';
import styles from './machine-editor.module.css';
import type { MachineForm, MachineProblems } from './machine-form';

interface RouteFieldsProps {
  readonly form: MachineForm;
  readonly change: (part: Partial<MachineForm>) => void;
  readonly problems: MachineProblems;
  readonly fieldProps: FieldProps;
  /** The saved machines that can be jump hosts. */
  readonly machines: readonly Machine[];
}

/** The jump hosts on the way to a machine, and the proxy before them. */
export function RouteFields(props: RouteFieldsProps) {
  return (
    <div className={styles.routeFields}>
      <JumpFields {...props} />
      <ProxyFields {...props} />
    </div>
  );
}

/** The jump hosts on the way to a machine. */
export function JumpFields({ form, change, problems, fieldProps, machines }: RouteFieldsProps) {
  const { t } = useTranslation();
  const { jumps } = form;
  const setJumps = (next: readonly JumpForm[]) => change({ jumps: next });
  return (
    <>
      <p className={styles.routeHint}>{t('editor.jumpsHint')}</p>
      {jumps.map((jump, index) => (
        <JumpRow
          key={jump.rowId}
          jump={jump}
          index={index}
          isLast={index === jumps.length - 1}
          machines={machines}
          fieldProps={fieldProps}
          onChange={(part) => setJumps(jumps.with(index, { ...jump, ...part }))}
          onMove={(steps) => setJumps(movedJump(jumps, index, steps))}
          onRemove={() => setJumps(jumps.toSpliced(index, 1))}
        />
      ))}
      {problems.jumps !== undefined && (
        <p role="alert" className={styles.problem}>
          {t(`validation.${problems.jumps}` as 'validation.jump-loop')}
        </p>
      )}
      <div>
        <Button
          icon={<Plus aria-hidden />}
          onPress={() => setJumps([...jumps, newJumpForm(machines.map(({ id }) => id))])}
        >
          {t('editor.addJump')}
        </Button>
      </div>
    </>
  );
}

/** The proxy before the first server of a way. */
export function ProxyFields({
  form,
  change,
  fieldProps,
}: Pick<RouteFieldsProps, 'form' | 'change' | 'fieldProps'>) {
  const { t } = useTranslation();
  const { proxyKind } = form;
  const proxyField = (name: 'proxyHost' | 'proxyPort' | 'proxyUser') =>
    fieldProps(name, t(`editor.${name}`), form[name], (value) => change({ [name]: value }));
  return (
    <>
      <RadioGroup
        label={t('editor.proxy')}
        value={proxyKind}
        onChange={(kind) => change({ proxyKind: kind })}
        options={[
          { value: 'none', text: t('editor.proxyKind.none') },
          { value: 'socks5', text: t('editor.proxyKind.socks5') },
          { value: 'http', text: t('editor.proxyKind.http') },
          { value: 'command', text: t('editor.proxyKind.command') },
        ]}
      />
      {proxyKind === 'command' && (
        <TextField
          {...fieldProps('proxyLine', t('editor.proxyLine'), form.proxyLine, (proxyLine) =>
            change({ proxyLine, isProxyLineTyped: true }),
          )}
          placeholder={t('editor.proxyLinePlaceholder')}
          description={t('editor.proxyLineHint')}
          isMono
        />
      )}
      {(proxyKind === 'socks5' || proxyKind === 'http') && (
        <>
          <div className={styles.route}>
            <TextField {...proxyField('proxyHost')} placeholder={t('editor.proxyPlaceholder')} isMono />
            <TextField {...proxyField('proxyPort')} inputMode="numeric" isMono />
            <TextField {...proxyField('proxyUser')} isMono />
          </div>
          <p className={styles.hint}>{t('editor.proxyHint')}</p>
        </>
      )}
    </>
  );
}
