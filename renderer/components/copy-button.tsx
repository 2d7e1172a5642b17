import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nuvem } from '../api/nuvem';
import { showFailure } from '../stores/notices-store';
import { IconButton } from './icon-button';

const confirmedForMs = 2000;

/** Copies a text to the clipboard and says so for two seconds. */
export function CopyButton({ label, textOf }: { readonly label: string; readonly textOf: () => string }) {
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
  return (
    <IconButton label={isCopied ? t('common.copied') : label} onPress={copy}>
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
