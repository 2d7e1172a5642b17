import { useTranslation } from 'react-i18next';
import { InheritableSetting, type Machine } from '../../../shared/model/machine';
import { Checkbox } from '../../components/checkbox';
import { TextField } from '../../components/text-field';
import { IdleFields } from '../idle/idle-fields';
import type { FieldProps } from './field-props';
import { IdentityFields } from './identity-fields';
import styles from './machine-editor.module.css';
import type { MachineField, MachineForm, MachineProblems } from './machine-form';
import { NotebookFields } from './notebook-fields';
import { JumpFields, ProxyFields } from './route-fields';
import { AgentForwardingField, OldAlgorithmsField } from './security-fields';

interface SettingsFieldsProps {
  /** The settings that are set here. */
  readonly chosen: readonly InheritableSetting[];
  readonly onChoose: (chosen: readonly InheritableSetting[]) => void;
  readonly form: MachineForm;
  readonly change: (part: Partial<MachineForm>) => void;
  readonly problems: MachineProblems;
  readonly fieldProps: FieldProps;
  /** The saved machines that can be jump hosts. */
  readonly machines: readonly Machine[];
}

/** All that machines can inherit: each setting with a tick that says whether it is set here. */
export function SettingsFields(props: SettingsFieldsProps) {
  const { chosen, onChoose } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.settings}>
      {InheritableSetting.options.map((setting) => (
        <fieldset key={setting} aria-label={t(`setting.${setting}`)} className={styles.setting}>
          <Checkbox
            isSelected={chosen.includes(setting)}
            onChange={(isSelected) =>
              onChoose(isSelected ? [...chosen, setting] : chosen.filter((other) => other !== setting))
            }
          >
            {t(`setting.${setting}`)}
          </Checkbox>
          {chosen.includes(setting) && (
            <div className={styles.settingBody}>
              <SettingFields setting={setting} {...props} />
            </div>
          )}
        </fieldset>
      ))}
    </div>
  );
}

function SettingFields(props: SettingsFieldsProps & { readonly setting: InheritableSetting }) {
  const { setting, form, change, problems, fieldProps, machines } = props;
  const { t } = useTranslation();
  const field = (name: MachineField) =>
    fieldProps(name, t(`editor.${name}`), form[name], (value) => change({ [name]: value }));
  switch (setting) {
    case 'user':
      return <TextField {...field('user')} placeholder={t('editor.userPlaceholder')} isMono />;
    case 'port':
      return <TextField {...field('port')} inputMode="numeric" isMono />;
    case 'jumps':
      return (
        <JumpFields
          form={form}
          change={change}
          problems={problems}
          fieldProps={fieldProps}
          machines={machines}
        />
      );
    case 'proxy':
      return <ProxyFields form={form} change={change} fieldProps={fieldProps} />;
    case 'identity':
      return (
        <IdentityFields
          form={form}
          onChange={change}
          keyPathField={field('keyPath')}
          agentPathField={field('agentPath')}
        />
      );
    case 'forwardsAgent':
      return <AgentForwardingField form={form} onChange={change} />;
    case 'allowsOldAlgorithms':
      return <OldAlgorithmsField form={form} onChange={change} />;
    case 'workingFolder':
      return (
        <TextField
          {...field('workingFolder')}
          placeholder="~"
          description={t('editor.workingFolderHint')}
          isMono
        />
      );
    case 'notebook':
      return <NotebookFields form={form} change={change} field={field} />;
    case 'idlePolicy':
      return <IdleFields form={form} change={change} hoursField={field('idleHours')} />;
    case 'keepsCookies':
      return (
        <Checkbox isSelected={form.keepsCookies} onChange={(keepsCookies) => change({ keepsCookies })}>
          {t('editor.keepsCookies')}
        </Checkbox>
      );
  }
}
