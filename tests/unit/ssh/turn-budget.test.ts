import { describe, expect, test } from 'vitest';
import { TurnBudget } from '../../../electron/ssh/turn-budget';

describe('what may be read in one turn', () => {
  test('is shared by all, and renewed once per turn', () => {
    const turns: (() => void)[] = [];
    const budget = new TurnBudget(100, (then) => turns.push(then));
    const wentOn: string[] = [];
    expect(budget.spend(60)).toBe(true);
    expect(budget.spend(60)).toBe(false);
    budget.whenRenewed(() => wentOn.push('first'));
    expect(budget.spend(10)).toBe(false);
    budget.whenRenewed(() => wentOn.push('second'));
    expect(turns).toHaveLength(1);
    expect(wentOn).toEqual([]);
    turns.shift()?.();
    expect(wentOn).toEqual(['first', 'second']);
    expect(budget.spend(60)).toBe(true);
    expect(turns).toHaveLength(1);
  });

  test('is there for who goes on at once when it is renewed', () => {
    const turns: (() => void)[] = [];
    const budget = new TurnBudget(100, (then) => turns.push(then));
    const answers: boolean[] = [];
    budget.spend(100);
    for (let reader = 0; reader < 3; reader += 1) budget.whenRenewed(() => answers.push(budget.spend(60)));
    turns.shift()?.();
    expect(answers).toEqual([true, false, false]);
    expect(turns).toHaveLength(1);
  });
});
