import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { MachinesData } from '../../electron/machines/machines-data';
import { machinesVersion } from '../../electron/machines/migrations';
import { type Comparison, comparisonTable, inTurns } from '../support/bench/comparison';
import { type AppProfile, launchApp, makeAppProfile } from '../support/lab/app';
import { sampleGroup, sampleMachine } from '../support/samples';

/** What the list of machines costs its user, with very many machines and with a few. */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 5);
const [many, few] = [10_000, 10];
const searches = ['node9', 'ana machine 77', 'spot vision'];

const quantities = {
  start: 'Start to a list that can be used',
  keystroke: 'Search: key to painted result',
  palette: 'Palette: key to painted result',
  scroll: 'Scroll: longest frame',
  drop: 'Drag: drop to painted order',
  mark: 'Favourite: press to painted star',
} as const;
type Measured = Record<keyof typeof quantities, number[]>;

const emptyMeasured = (): Measured => ({
  start: [],
  keystroke: [],
  palette: [],
  scroll: [],
  drop: [],
  mark: [],
});
const nuvem = emptyMeasured();
const baseline = emptyMeasured();

await inTurns(
  runs,
  () => measure(nuvem, many),
  () => measure(baseline, few),
);

console.log('');
console.log(
  comparisonTable(
    Object.entries(quantities).map(
      ([key, name]): Comparison => ({
        name,
        unit: 'ms',
        baselineName: `${few} machines`,
        nuvem: nuvem[key as keyof Measured],
        baseline: baseline[key as keyof Measured],
      }),
    ),
  ),
);

async function measure(into: Measured, machineCount: number): Promise<void> {
  const profile = await makeAppProfile();
  await saveMachines(profile, machineCount);
  const startedAt = performance.now();
  const app = await launchApp({ profile });
  try {
    const { page } = app;
    await row(page, 'Machine 0').click({ trial: true });
    into.start.push(performance.now() - startedAt);
    // The functions below come from tsx, which marks the names of those in them by a helper that pages don't have.
    await page.evaluate('globalThis.__name = (named) => named');
    into.keystroke.push(...(await keystrokes(page, page.getByRole('searchbox'))));
    await page.keyboard.press('Control+Shift+P');
    into.palette.push(...(await keystrokes(page, page.getByRole('combobox'))));
    await page.keyboard.press('Escape');
    into.scroll.push(await scrolling(page));
    into.drop.push(await dropping(page));
    into.mark.push(await marking(page));
  } finally {
    await app.kill();
    await profile.remove();
  }
}

/** Machines in groups of 50, which are in groups of 10, marked as people do. */
async function saveMachines({ userData }: AppProfile, machineCount: number): Promise<void> {
  const outer = Math.ceil(machineCount / 500);
  const groups = Array.from({ length: outer + Math.ceil(machineCount / 50) }, (_, index) =>
    sampleGroup(index, { parentId: index < outer ? null : sampleGroup(Math.floor((index - outer) / 10)).id }),
  );
  const machines = Array.from({ length: machineCount }, (_, index) =>
    sampleMachine(index, {
      groupId: sampleGroup(outer + Math.floor(index / 50)).id,
      tags: [index % 3 === 0 ? 'spot' : 'reserved', index % 7 === 0 ? 'vision' : 'text'],
    }),
  );
  const data: MachinesData = { machines, groups, defaults: {} };
  const text = JSON.stringify({ version: machinesVersion, data });
  for (const name of ['machines', 'machines.last-good'])
    await writeFile(join(userData, `${name}.json`), text, { mode: 0o600 });
}

function row(page: Page, name: string) {
  return page.getByRole('treeitem', { name: new RegExp(`^${name}\\D`) }).first();
}

/** For every letter of the searches: from the key to the frame that shows what it found. */
async function keystrokes(page: Page, search: Locator): Promise<readonly number[]> {
  const times: number[] = [];
  await search.focus();
  for (const text of searches) {
    for (const letter of text) {
      const painted = await paintedAfter(page, 'keydown');
      await page.keyboard.press(letter);
      times.push(await painted());
    }
    await search.fill('');
  }
  return times;
}

/** Down the whole list in two seconds, by the clock of the frames. */
function scrolling(page: Page): Promise<number> {
  return page.getByRole('tree').evaluate(
    (tree) =>
      new Promise<number>((done) => {
        const startedAt = performance.now();
        let [last, longest] = [startedAt, 0];
        const frame = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          const share = (now - startedAt) / 2000;
          tree.scrollTop = (tree.scrollHeight - tree.clientHeight) * share;
          if (share < 1) requestAnimationFrame(frame);
          else {
            tree.scrollTop = 0;
            requestAnimationFrame(() => done(longest));
          }
        };
        requestAnimationFrame(frame);
      }),
  );
}

/** From letting a machine go above another one to the list in the new order, which is on disk by then. */
async function dropping(page: Page): Promise<number> {
  const painted = await paintedAfter(page, 'drop', { name: 'Machine 3', position: '1' });
  await row(page, 'Machine 3').dragTo(row(page, 'Machine 0'), { targetPosition: { x: 60, y: 4 } });
  return painted();
}

async function marking(page: Page): Promise<number> {
  await row(page, 'Machine 1').click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: 'Add to favourites' });
  const painted = await paintedAfter(page, 'pointerup', { name: 'Favourites' });
  await item.click();
  return painted();
}

interface Awaited {
  /** How the text of a row begins that is to be there. */
  readonly name: string;
  /** Its place among its siblings. */
  readonly position?: string;
}

/** Starts a clock at the next event of a type; what comes back waits for the frame after it that shows the row. */
async function paintedAfter(
  page: Page,
  eventType: string,
  awaited?: Awaited,
): Promise<() => Promise<number>> {
  const result = await page.evaluateHandle(
    ([type, row]) => {
      const isShown = () =>
        row === null ||
        [...document.querySelectorAll('[role=treeitem]')].some(
          (line) =>
            line.textContent?.startsWith(row.name) &&
            (row.position === undefined || line.getAttribute('aria-posinset') === row.position),
        );
      const afterPaint = (then: () => void) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = then;
          channel.port2.postMessage(null);
        });
      const time = new Promise<number>((done) => {
        const onEvent = () => {
          const startedAt = performance.now();
          const look = () => (isShown() ? done(performance.now() - startedAt) : afterPaint(look));
          afterPaint(look);
        };
        window.addEventListener(type, onEvent, { capture: true, once: true });
      });
      return { time };
    },
    [eventType, awaited ?? null] as const,
  );
  return () => result.evaluate(({ time }) => time);
}
