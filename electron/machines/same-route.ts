import type { Jump, Route } from '../../shared/model/machine';

/** Two routes that lead to the same user of the same server in the same way. Hosts are the same whatever their case. */
export function isSameRoute(one: Route, other: Route): boolean {
  return essenceOf(one) === essenceOf(other);
}

/** Jump hosts without how to sign in there. */
function essenceOf({ host, port, user, jumps, proxy }: Route): string {
  return JSON.stringify([host.toLowerCase(), port, user, jumps.map(essenceOfJump), proxy]);
}

const essenceOfJump = (jump: Jump): unknown =>
  jump.kind === 'machine' ? jump.machineId : [jump.host.toLowerCase(), jump.port, jump.user];
