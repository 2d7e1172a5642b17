import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { Spinner } from './spinner';

interface FormButtonsProps {
  /** Of the button that submits the dialog's form. */
  readonly submit: string;
  readonly isRunning: boolean;
  readonly isDisabled?: boolean;
  readonly onCancel: () => void;
}

/** The buttons of a dialog that waits for what it asked for. */
export function FormButtons({ submit, isRunning, isDisabled = false, onCancel }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button onPress={onCancel}>{t('common.cancel')}</Button>
      <Button
        variant="primary"
        type="submit"
        isDisabled={isRunning || isDisabled}
        {...(isRunning ? { icon: <Spinner size={15} /> } : {})}
      >
        {submit}
      </Button>
    </>
  );
}
