import { describe, expect, it } from 'vitest';
import { commandFor, rowNamed } from '../../../../../renderer/features/machine-tree/tree-keys';
import { type TreeRow, treeRows } from '../../../../../renderer/features/machine-tree/tree-rows';
import {
  machinesToActOn,
  nothingSelected,
  type SelectMode,
  selectAll,
  selectRow,
  type TreeSelection,
} from '../../../../../renderer/features/machine-tree/tree-selection';
import { groupedMachines } from '../../../../support/samples';

/** Laboratório > GPUs > GPU box, São Paulo 2; ETL; Clusters > Primary node; after the favourites. */
const rows = treeRows({
  ...groupedMachines,
  machines: groupedMachines.machines.slice(0, 4),
  recentIds: [],
  collapsed: new Set(['section:favourites']),
});
const rowOf = (name: string): TreeRow => {
  const row = rows.find((one) =>
    one.kind === 'machine' ? one.machine.name === name : one.kind === 'group' && one.group.name === name,
  );
  if (row === undefined) throw new Error(`There is no ${name}`);
  return row;
};
const namesOf = ({ machineIds }: Pick<TreeSelection, 'machineIds'>) =>
  machineIds.map((id) => groupedMachines.machines.find((machine) => machine.id === id)?.name);
const chosenBy = (...steps: readonly (readonly [string, SelectMode])[]) =>
  steps.reduce((selection, [name, mode]) => selectRow(selection, rows, rowOf(name), mode), nothingSelected);

describe('selecting', () => {
  it('with a click takes one machine instead of all others', () => {
    expect(namesOf(chosenBy(['ETL', 'only'], ['GPU box', 'only']))).toEqual(['GPU box']);
    expect(namesOf(chosenBy(['ETL', 'only'], ['GPUs', 'only']))).toEqual([]);
  });

  it('with Control adds and takes away, in the order of the list', () => {
    expect(namesOf(chosenBy(['ETL', 'only'], ['GPU box', 'toggle']))).toEqual(['GPU box', 'ETL']);
    expect(namesOf(chosenBy(['ETL', 'only'], ['GPU box', 'toggle'], ['ETL', 'toggle']))).toEqual(['GPU box']);
  });

  it('with Shift takes all from where it began, also back again', () => {
    expect(namesOf(chosenBy(['GPU box', 'only'], ['Primary node', 'range']))).toEqual([
      'GPU box',
      'São Paulo 2',
      'ETL',
      'Primary node',
    ]);
    expect(namesOf(chosenBy(['ETL', 'only'], ['Primary node', 'range'], ['São Paulo 2', 'range']))).toEqual([
      'São Paulo 2',
      'ETL',
    ]);
  });

  it('takes all', () => {
    expect(selectAll(nothingSelected, rows).machineIds).toHaveLength(4);
  });

  it('makes an action be about all that is selected, or about another machine alone', () => {
    const selection = chosenBy(['ETL', 'only'], ['GPU box', 'toggle']);
    const actOn = (name: string) => {
      const row = rowOf(name);
      return row.kind === 'machine' ? namesOf({ machineIds: machinesToActOn(selection, row) }) : [];
    };
    expect(actOn('ETL')).toEqual(['GPU box', 'ETL']);
    expect(actOn('Primary node')).toEqual(['Primary node']);
  });
});

describe('a key in the tree', () => {
  const press = (name: string, key: string, part: Partial<KeyboardEvent> = {}) =>
    commandFor(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...part },
      rows,
      rows.indexOf(rowOf(name)),
      3,
    );
  const goes = (name: string) => ({ kind: 'go', index: rows.indexOf(rowOf(name)), mode: 'only' });

  it.each([
    ['ETL', 'ArrowUp', 'São Paulo 2'],
    ['GPU box', 'ArrowLeft', 'GPUs'],
    ['GPUs', 'ArrowRight', 'GPU box'],
    ['GPUs', 'End', 'Primary node'],
    ['GPU box', 'PageDown', 'Clusters that the platform team looks after'],
  ])('goes from %s with %s to %s', (from, key, to) => {
    expect(press(from, key)).toEqual(goes(to));
  });

  it('folds an open group with the left arrow', () => {
    expect(press('GPUs', 'ArrowLeft')).toMatchObject({ kind: 'fold', isCollapsed: true });
    expect(press('ETL', 'ArrowRight')).toBeNull();
  });

  it('selects with Shift, and moves only the focus with Control', () => {
    expect(press('ETL', 'ArrowDown', { shiftKey: true })).toMatchObject({ mode: 'range' });
    expect(press('ETL', 'ArrowDown', { ctrlKey: true })).toMatchObject({ mode: 'focus' });
  });

  it('moves the row with Alt', () => {
    expect(press('ETL', 'ArrowDown', { altKey: true })).toEqual({ kind: 'shift', steps: 1 });
  });

  it('goes to the next name that begins with what is typed', () => {
    expect(rowNamed(rows, 0, 'p')).toBe(rows.indexOf(rowOf('Primary node')));
    expect(rowNamed(rows, rows.indexOf(rowOf('GPUs')), 'gp')).toBe(rows.indexOf(rowOf('GPUs')));
    expect(rowNamed(rows, rows.indexOf(rowOf('GPUs')), 'g')).toBe(rows.indexOf(rowOf('GPU box')));
    expect(rowNamed(rows, 0, 'zz')).toBeNull();
  });
});
