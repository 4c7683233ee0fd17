// All of it in one HTML file that needs nothing else.

import { escapeXml } from '../../base/xml-escape.ts';
import { barChart, lineChart } from './charts.ts';
import { type Compared, floorShare, lateShare, meanOf } from './experiment.ts';
import type { Forecast } from './forecast.ts';
import type { Measured } from './measure.ts';

export interface Section {
  title: string;
  lines: readonly string[];
  compared: readonly Compared[];
}

const urgent = (measured: Measured) => measured.urgent;

export function pageOf(title: string, sections: readonly Section[], forecast: Forecast | undefined): string {
  const bodies = sections.map(
    ({ title: heading, lines, compared }) =>
      `<h2>${escapeXml(heading)}</h2>${chartsOf(compared).join('')}<pre>${escapeXml(lines.join('\n'))}</pre>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title><style>
body{font-family:system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{overflow-x:auto;font-size:.8rem;background:#f6f6f4;padding:1rem}svg{max-width:48rem;display:block;margin:1rem 0}
</style></head><body><h1>${escapeXml(title)}</h1>${bodies.join('')}${forecast === undefined ? '' : staffing(forecast)}</body></html>\n`;
}

function chartsOf(compared: readonly Compared[]): string[] {
  const loads = [...new Set(compared.map(({ row }) => row.utilisation))];
  const isPlain = ({ row }: Compared): boolean => row.name.startsWith('load');
  const bars = loads.flatMap((load) => {
    const rows = compared.filter((each) => each.row.utilisation === load && !isPlain(each));
    return rows.length === 0
      ? []
      : [bar(`Urgent work that is late, load ${load}; the upright line is the floor`, rows)];
  });
  const curve = compared.filter(isPlain);
  const breadths = compared.filter(({ row }) => row.breadth !== undefined);
  if (curve.length > 1) bars.push(line('Late by load', 'load', curve, ({ row }) => row.utilisation));
  if (breadths.length > 1) {
    bars.push(
      line('Late by breadth of privileges', 'log10 of the share of clients', breadths, ({ row }) =>
        Math.log10(row.breadth!),
      ),
    );
  }
  return bars;
}

function bar(title: string, rows: readonly Compared[]): string {
  return barChart(
    title,
    rows.map((each) => {
      const { mean, least, most } = lateShare(each, urgent);
      return { name: each.row.name, value: mean, least, most, floor: floorShare(each, urgent) };
    }),
  );
}

function line(title: string, xName: string, rows: readonly Compared[], x: (each: Compared) => number): string {
  return lineChart(title, xName, '%', [
    { name: 'urgent', points: rows.map((each) => [x(each), 100 * lateShare(each, urgent).mean]) },
    { name: 'floor', points: rows.map((each) => [x(each), 100 * floorShare(each, urgent)]) },
    { name: 'busy / 10', points: rows.map((each) => [x(each), 10 * meanOf(each, ({ busy }) => busy)]) },
  ]);
}

function staffing({ onDuty, needed }: Forecast): string {
  const points = (values: readonly number[]) => values.map((value, hour) => [hour, value] as const);
  const chart = lineChart('Readers through the week', 'hours since Monday 0 h', 'readers', [
    { name: 'on duty', points: points(onDuty) },
    { name: 'expected work', points: points(needed) },
  ]);
  return `<h2>Forecast</h2>${chart}`;
}
