import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import styles from './s3.module.css';

interface DropPlaceProps {
  /** What happens to what is dropped. */
  readonly label: string;
  /** Paths on this computer. */
  readonly onDrop: (paths: readonly string[]) => void;
  readonly children: ReactNode;
}

/** Takes files and folders that are dropped onto its content. */
export function DropPlace({ label, onDrop, children }: DropPlaceProps) {
  const [isOver, setIsOver] = useState(false);
  // Entering a child is told before leaving its parent.
  const depth = useRef(0);
  const enter = (event: DragEvent, by: number) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current += by;
    setIsOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons do the same.
    <div
      className={styles.dropPlace}
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => enter(event, 0)}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setIsOver(false);
        const paths = [...event.dataTransfer.files].map((file) => window.nuvemFiles.pathOf(file));
        // What comes of another program's memory is nowhere on the disk.
        const known = paths.filter((path) => path !== '');
        if (known.length > 0) onDrop(known);
      }}
    >
      {children}
      {isOver && <div className={styles.dropHint}>{label}</div>}
    </div>
  );
}
