/** How curves look: the window's colours, the language's times and numbers. */
import type uPlot from 'uplot';
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { Point, Shade } from './trails.svelte.ts';

interface Looks {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Curves. */
  readonly count: number;
  readonly shades: readonly Shade[];
  readonly range: readonly [number, number];
  readonly written: (value: number) => string;
  readonly marked: boolean;
  readonly locale: Locale;
  /** Read so that a change of theme makes new options. */
  readonly theme: string;
  readonly onpoint: (atMs: number | null) => void;
}

const daySeconds = 86_400;

/** Of the first and the second curve. */
export const curveColours = ['--accent-text', '--ask'] as const;

export function chartOptions(looks: Looks): uPlot.Options {
  const { widthPx, heightPx, count, range, written, marked, onpoint } = looks;
  const colour = styles();
  const grid = { stroke: colour('--hairline'), width: 1 };
  const axis = {
    stroke: colour('--text-faint'),
    font: `11px ${colour('--font')}`,
    grid,
    ticks: grid,
  };
  return {
    width: widthPx,
    height: heightPx,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
    scales: {
      x: { time: true, range: covering(marked ? 2 * daySeconds : 30) },
      y: { range: [...range] },
    },
    axes: [
      { ...axis, size: 24, gap: 4, space: 72, grid: { show: false }, values: times(looks.locale) },
      {
        ...axis,
        size: 44,
        gap: 4,
        space: 30,
        ticks: { show: false },
        values: (_plot, splits) => splits.map(written),
      },
    ],
    series: [
      {},
      ...curveColours.slice(0, count).map((name) => ({
        stroke: colour(name),
        width: 1.75,
        spanGaps: true,
        points: { show: marked, size: 6, fill: colour(name) },
      })),
    ],
    hooks: {
      drawClear: [(plot) => shade(plot, looks, colour)],
      setCursor: [
        (plot) => {
          const seconds = plot.cursor.idx == null ? undefined : plot.data[0][plot.cursor.idx];
          onpoint(seconds === undefined ? null : Math.round(seconds * 1000));
        },
      ],
    },
  };
}

/** A few values of one moment are no curve over a second. */
function covering(leastSeconds: number) {
  return (_plot: uPlot, from: number, to: number): [number, number] =>
    to - from < leastSeconds ? [to - leastSeconds, to] : [from, to];
}

function styles(): (name: string) => string {
  const computed = getComputedStyle(document.documentElement);
  return (name) => computed.getPropertyValue(name).trim();
}

/** What is low, and what is too low, behind the curve. */
function shade(plot: uPlot, { shades, range }: Looks, colour: (name: string) => string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { below, tone } of shades) {
    const top = Math.max(bbox.top, plot.valToPos(Math.min(below, range[1]), 'y', true));
    ctx.fillStyle = colour(`--${tone}-wash`);
    ctx.fillRect(bbox.left, top, bbox.width, Math.max(0, bbox.top + bbox.height - top));
  }
  ctx.restore();
}

/** Seconds where they tell ticks apart, else minutes; days where the curve covers some. */
function times(locale: Locale) {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const bySecond = format({ ...time, second: '2-digit' });
  const byMinute = format(time);
  const byDay = format({ month: 'short', day: 'numeric' });
  return (
    _plot: uPlot,
    splits: number[],
    _axis: number,
    _space: number,
    step: number,
  ): string[] => {
    const covered = (splits.at(-1) ?? 0) - (splits[0] ?? 0);
    const by = step < 60 ? bySecond : covered < daySeconds && step < daySeconds ? byMinute : byDay;
    return splits.map((seconds) => by.format(seconds * 1000));
  };
}

/** One list of times for all curves; a curve has no value where another has one. */
export function aligned(curves: readonly (readonly Point[])[]): (number | null)[][] {
  const times = [...new Set(curves.flat().map(({ atMs }) => atMs))].sort((a, b) => a - b);
  return [
    times.map((atMs) => atMs / 1000),
    ...curves.map((points) => {
      const byTime = new Map(points.map(({ atMs, value }) => [atMs, value]));
      return times.map((atMs) => byTime.get(atMs) ?? null);
    }),
  ];
}
