import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { ChartData } from './chart-data';
import { tokenValue } from './chart-picture';
import styles from './metrics.module.css';
import 'uplot/dist/uPlot.min.css';

interface MetricChartProps {
  /** Says what the chart shows and how to read it by keyboard. */
  readonly label: string;
  readonly data: ChartData;
  readonly language: string;
  /** What the height stands for; null: as much as the highest value. */
  readonly top: number | null;
  /** Written across the chart; null: nothing. */
  readonly mark: string | null;
  readonly textOf: (value: number) => string;
  /** What is at one of the times, in words. */
  readonly pointText: (index: number) => string;
  /** The time under the pointer or chosen by key; null: none. */
  readonly index: number | null;
  readonly onIndex: (index: number | null) => void;
  /** The drawing, for as long as there is one. */
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}

const heightPx = 260;
const darkTheme = '(prefers-color-scheme: dark)';

/** Lines over time. One value after the other can be heard and seen by the arrow keys. */
export function MetricChart(props: MetricChartProps) {
  const { label, data, language, top, mark, textOf, index, onIndex, canvas } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const isDark = useIsDark();
  // A drawing is made anew for new data, not for a new function that does the same.
  const latest = useRef({ textOf, onIndex });
  latest.current = { textOf, onIndex };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the page when it changes.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: heightPx,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false },
        scales: { y: { range: (_plot, _min, max) => [0, top ?? (max > 0 ? max * 1.08 : 1)] } },
        axes: [timeAxis(language), valueAxis((value) => latest.current.textOf(value))],
        series: [
          {},
          ...data.lines.map(({ label: name, colour, dash }) => ({
            label: name,
            stroke: tokenValue(colour),
            width: 2,
            dash: [...dash],
            points: { size: 5, fill: tokenValue(colour) },
          })),
        ],
        hooks: {
          draw: mark === null ? [] : [(drawn) => writeMark(drawn, mark)],
          setCursor: [({ cursor }) => latest.current.onIndex(cursor.idx ?? null)],
        },
      },
      [data.timesMs.map((ms) => ms / 1000), ...data.lines.map(({ values }) => [...values])],
      element,
    );
    plot.current = made;
    canvas.current = made.ctx.canvas;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: heightPx }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
      canvas.current = null;
    };
  }, [data, language, top, mark, isDark, canvas]);

  const last = data.timesMs.length - 1;
  const move = (event: KeyboardEvent) => {
    const to = nextIndex(event.key, index, last);
    const made = plot.current;
    if (to === null || made === null) return;
    event.preventDefault();
    made.setCursor({ left: made.valToPos((data.timesMs[to] ?? 0) / 1000, 'x'), top: 0 });
  };
  const at = index ?? last;
  return (
    <div
      ref={place}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      aria-valuetext={props.pointText(at)}
      className={styles.chart}
      onKeyDown={move}
    />
  );
}

/** Where a key leads; null: nowhere. */
function nextIndex(key: string, index: number | null, last: number): number | null {
  const at = index ?? last;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

function useIsDark(): boolean {
  const [isDark, setIsDark] = useState(() => matchMedia(darkTheme).matches);
  useEffect(() => {
    const query = matchMedia(darkTheme);
    const look = () => setIsDark(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isDark;
}

const daySeconds = 86_400;

const axis = (): uPlot.Axis => ({
  stroke: tokenValue('--text-muted'),
  font: `12px ${tokenValue('--font-ui')}`,
  grid: { stroke: tokenValue('--line'), width: 1 },
  ticks: { stroke: tokenValue('--line'), width: 1 },
});

function timeAxis(language: string): uPlot.Axis {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  return {
    ...axis(),
    space: 70,
    values: (_plot, splits, _axis, _space, step) =>
      splits.map((seconds) => {
        const at = new Date(seconds * 1000);
        const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
        return (step < daySeconds && !isMidnight ? time : day).format(at);
      }),
  };
}

const valueAxis = (textOf: (value: number) => string): uPlot.Axis => ({
  ...axis(),
  size: 72,
  values: (_plot, splits) => splits.map(textOf),
});

/** Says across the drawing, and so in every picture of it, what it must not be taken for. */
function writeMark({ ctx, bbox }: uPlot, mark: string): void {
  ctx.save();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = tokenValue('--text');
  ctx.font = `700 ${Math.round(bbox.height / 4)}px ${tokenValue('--font-ui')}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(mark, bbox.left + bbox.width / 2, bbox.top + bbox.height / 2);
  ctx.restore();
}
