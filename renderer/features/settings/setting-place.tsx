import { type ReactNode, useEffect, useRef } from 'react';
import type { SettingName } from '../../stores/view-store';
import styles from './settings-dialog.module.css';

interface SettingPlaceProps {
  readonly name: SettingName;
  readonly sought: SettingName | null;
  /** One control. */
  readonly children: ReactNode;
}

/** Where a setting is: comes into view with the keyboard on it, and stands out, when it is the one looked for. */
export function SettingPlace({ name, sought, children }: SettingPlaceProps) {
  const place = useRef<HTMLDivElement>(null);
  const isSought = name === sought;
  useEffect(() => {
    if (!isSought) return;
    const control = place.current?.querySelector<HTMLElement>('button:enabled, input:enabled');
    control?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [isSought]);
  return (
    <div ref={place} data-sought={isSought || undefined} className={styles.place}>
      {children}
    </div>
  );
}
