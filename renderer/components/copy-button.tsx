import { Check, Copy, SquareTerminal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nuvem } from '../api/nuvem';
import { showFailure } from '../stores/notices-store';
import { IconButton } from './icon-button';

const confirmedForMs = 2000;

interface CopyButtonProps {
  readonly label: string;
  readonly textOf: () => string;
  /** `terminal`: the text is a command. */
  readonly icon?: 'copy' | 'terminal';
}

/** Copies a text to the clipboard and says so for two seconds. */
export function CopyButton({ label, textOf, icon = 'copy' }: CopyButtonProps) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), confirmedForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    nuvem.app
      .copyText({ text: textOf() })
      .then(() => setIsCopied(true))
      .catch(showFailure);
  };
  const Icon = icon === 'terminal' ? SquareTerminal : Copy;
  return (
    <IconButton label={isCopied ? t('common.copied') : label} onPress={copy}>
      {isCopied ? <Check aria-hidden /> : <Icon aria-hidden />}
    </IconButton>
  );
}
