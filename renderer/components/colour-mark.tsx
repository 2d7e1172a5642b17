import type { Colour } from '../../shared/model/machine';
import styles from './colour-mark.module.css';

/** A spot of the colour that the user gave to something; it says nothing by itself. */
export function ColourMark({ colour }: { readonly colour: Colour | null }) {
  if (colour === null) return null;
  return <span aria-hidden className={`${styles.mark} ${styles[colour]}`} />;
}
