import { LoaderCircle } from 'lucide-react';
import styles from './spinner.module.css';

/** Shows that something is under way; the text beside it says what. */
export function Spinner({ size = 16 }: { readonly size?: number }) {
  return <LoaderCircle aria-hidden size={size} className={styles.spinner ?? ''} />;
}
