import type { ChartLine } from './chart-data';

interface PictureTexts {
  readonly title: string;
  /** What the values are and of when; one line each. */
  readonly facts: readonly string[];
}

const paddingPx = 16;
const linePx = 22;
const sampleWidthPx = 42;

/** A token's value as it is now, e.g. a colour in the theme in force. */
export const tokenValue = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A chart as PNG with its title, facts and legend, as base64. */
export function chartPicture(
  chart: HTMLCanvasElement,
  { title, facts }: PictureTexts,
  lines: readonly ChartLine[],
): string {
  const scale = devicePixelRatio;
  const chartHeightPx = chart.height / scale;
  const headPx = paddingPx + linePx * (1 + facts.length);
  const canvas = document.createElement('canvas');
  canvas.width = chart.width + 2 * paddingPx * scale;
  canvas.height = (headPx + chartHeightPx + linePx * lines.length + 2 * paddingPx) * scale;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This window has no canvas');
  context.fillStyle = tokenValue('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, paddingPx * scale, headPx * scale);
  context.scale(scale, scale);
  const font = tokenValue('--font-ui');
  const write = (text: string, x: number, y: number, colour: string, style: string) => {
    context.fillStyle = tokenValue(colour);
    context.font = `${style} ${font}`;
    context.fillText(text, x, y);
  };
  write(title, paddingPx, paddingPx + 14, '--text', '600 16px');
  for (const [index, fact] of facts.entries())
    write(fact, paddingPx, paddingPx + 14 + linePx * (index + 1), '--text-muted', '13px');
  for (const [index, { label, colour, dash }] of lines.entries()) {
    const y = headPx + chartHeightPx + paddingPx + linePx * index + 8;
    context.strokeStyle = tokenValue(colour);
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(paddingPx, y);
    context.lineTo(paddingPx + sampleWidthPx, y);
    context.stroke();
    write(label, paddingPx + sampleWidthPx + 8, y + 4, '--text', '13px');
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
