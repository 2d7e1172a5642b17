import { endText, type Forward } from '../../../shared/model/tunnel';

/** As a tunnel's ends are shown elsewhere: `127.0.0.1:8888 → localhost:8888`. */
export function forwardText(forward: Forward): string {
  return forward.kind === 'dynamic'
    ? endText(forward.listen)
    : `${endText(forward.listen)} → ${endText(forward.target)}`;
}
