import { CircleCheck, CircleDashed } from 'lucide-react';
import { Spinner } from './spinner';
import styles from './step-list.module.css';

interface StepListProps {
  readonly steps: readonly { readonly id: string; readonly text: string }[];
  readonly currentId: string;
  /** More about the running step, e.g. the last line it printed. */
  readonly detail?: string;
}

/** The steps of something under way: done, running and still to come. */
export function StepList({ steps, currentId, detail }: StepListProps) {
  const currentIndex = steps.findIndex((step) => step.id === currentId);
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        const progress = index < currentIndex ? 'done' : index === currentIndex ? 'current' : 'coming';
        return (
          <li
            key={step.id}
            className={`${styles.step} ${styles[progress]}`}
            aria-current={progress === 'current' ? 'step' : undefined}
          >
            {progress === 'done' && <CircleCheck aria-hidden size={16} />}
            {progress === 'current' && <Spinner />}
            {progress === 'coming' && <CircleDashed aria-hidden size={16} />}
            <span>{step.text}</span>
            {progress === 'current' && detail && <span className={`${styles.detail} mono`}>{detail}</span>}
          </li>
        );
      })}
    </ol>
  );
}
