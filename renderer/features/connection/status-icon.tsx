import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleEllipsis,
  CircleHelp,
  CirclePause,
} from 'lucide-react';
import { Spinner } from '../../components/spinner';
import type { StatusTone } from './status';
import styles from './status-icon.module.css';

interface StatusIconProps {
  readonly tone: StatusTone;
  readonly size?: number;
}

/** A status as a shape and a colour; the text beside it says the same. */
export function StatusIcon({ tone, size = 16 }: StatusIconProps) {
  return (
    <span className={styles[tone]}>
      <Shape tone={tone} size={size} />
    </span>
  );
}

function Shape({ tone, size }: Required<StatusIconProps>) {
  switch (tone) {
    case 'idle':
      return <CircleDashed aria-hidden size={size} />;
    case 'busy':
      return <Spinner size={size} />;
    case 'asking':
      return <CircleHelp aria-hidden size={size} />;
    case 'ready':
      return <CircleCheck aria-hidden size={size} />;
    case 'waiting':
      return <CircleEllipsis aria-hidden size={size} />;
    case 'paused':
      return <CirclePause aria-hidden size={size} />;
    case 'failed':
      return <CircleAlert aria-hidden size={size} />;
  }
}
