import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { IconButton } from '../../components/icon-button';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import type { FieldProps } from './field-props';
import { IdentityFields } from './identity-fields';
import type { JumpField, JumpForm } from './jump-form';
import styles from './machine-editor.module.css';

interface JumpRowProps {
  readonly jump: JumpForm;
  /** Its place on the way, from 0. */
  readonly index: number;
  readonly isLast: boolean;
  readonly machines: readonly Machine[];
  readonly fieldProps: FieldProps;
  readonly onChange: (part: Partial<JumpForm>) => void;
  readonly onMove: (steps: -1 | 1) => void;
  readonly onRemove: () => void;
}

const otherServer = 'other';

/** One jump host: a saved machine, or a server told here. */
export function JumpRow(props: JumpRowProps) {
  const { jump, index, isLast, machines, fieldProps, onChange, onMove, onRemove } = props;
  const { t } = useTranslation();
  const number = index + 1;
  const field = (name: JumpField) =>
    fieldProps(`jump-${index}-${name}`, t(`editor.${name}`), jump[name], (value) =>
      onChange({ [name]: value }),
    );
  return (
    <fieldset className={styles.jump} aria-label={t('editor.jump', { number })}>
      <div className={styles.jumpHeader}>
        <div className={styles.jumpServer}>
          <Select
            label={t('editor.jump', { number })}
            value={jump.machineId ?? otherServer}
            options={[
              ...machines.map(({ id, name }) => ({ value: id as string, text: name })),
              { value: otherServer, text: t('editor.otherServer') },
            ]}
            onChange={(value) => onChange({ machineId: machines.find(({ id }) => id === value)?.id ?? null })}
          />
        </div>
        <IconButton
          label={t('editor.moveJumpUp', { number })}
          isDisabled={index === 0}
          onPress={() => onMove(-1)}
        >
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton
          label={t('editor.moveJumpDown', { number })}
          isDisabled={isLast}
          onPress={() => onMove(1)}
        >
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label={t('editor.removeJump', { number })} onPress={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      {jump.machineId === null && (
        <>
          <div className={styles.route}>
            <TextField {...field('host')} placeholder={t('editor.jumpPlaceholder')} isMono />
            <TextField {...field('port')} inputMode="numeric" isMono />
            <TextField {...field('user')} placeholder={t('editor.userPlaceholder')} isMono />
          </div>
          <IdentityFields
            form={jump}
            onChange={onChange}
            keyPathField={field('keyPath')}
            agentPathField={field('agentPath')}
          />
        </>
      )}
    </fieldset>
  );
}
