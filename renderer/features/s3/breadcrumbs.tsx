import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import styles from './s3.module.css';

interface BreadcrumbsProps {
  readonly bucket: string;
  readonly folder: string;
  readonly onBuckets: () => void;
  readonly onGo: (folder: string) => void;
}

/** Where the shown folder is; each step leads there. */
export function Breadcrumbs({ bucket, folder, onBuckets, onGo }: BreadcrumbsProps) {
  const { t } = useTranslation('s3');
  const parts = folder === '' ? [] : folder.slice(0, -1).split('/');
  const steps = [
    { name: t('buckets'), go: onBuckets },
    { name: bucket, go: () => onGo('') },
    ...parts.map((name, index) => ({
      name: name === '' ? '/' : name,
      go: () => onGo(`${parts.slice(0, index + 1).join('/')}/`),
    })),
  ];
  return (
    <nav aria-label={t('place')} className={styles.place}>
      <ol className={styles.crumbs}>
        {steps.map(({ name, go }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its depth.
          <li key={index}>
            {index > 0 && <ChevronRight aria-hidden size={14} />}
            {index === steps.length - 1 ? (
              <span aria-current="page" className={styles.here}>
                {name}
              </span>
            ) : (
              <Button variant="quiet" onPress={go}>
                {name}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <CopyButton label={t('copyAddress')} textOf={() => `s3://${bucket}/${folder}`} />
    </nav>
  );
}
