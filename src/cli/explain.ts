// `fascia explain UID`: what became of a study, for the person who is asked where it is.

import type { Command } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

type Row = Record<string, unknown>;

interface IdentifiedAs {
  person: string;
  entry: string;
  registrations: number;
  sightings: number;
  statements: Row[];
}

interface Explanation {
  studyInstanceUid: string;
  studies: (Row &
    Record<'arrivals' | 'series' | 'versions' | 'findings' | 'facts' | 'events', Row[]> & {
      identifiedAs: IdentifiedAs | null;
      routing: { ruleSet: number | null } & Record<'rules' | 'destinations' | 'deliveries', Row[]>;
    })[];
  accesses: Row[];
}

export const explain: Command = {
  arguments: 'UID',
  summary: 'what became of a study: who sent it, what was assumed, where it goes and why, what happened since',
  details: 'The UID may be that of the study, or of a series or instance in it.',
  options: { ...tenantOption, json: { type: 'boolean', description: 'as JSON' } },
  arity: [1, 1],
  async run([uid], options) {
    const explanation = (await withApi((api) => api.call('GET', `/explain/${uid}`), options)) as Explanation;
    process.stdout.write(options.json ? `${JSON.stringify(explanation, null, 2)}\n` : print(explanation));
    return 0;
  },
};

function print({ studyInstanceUid, studies, accesses }: Explanation): string {
  const parts = [`study ${studyInstanceUid}\n`];
  if (studies.length > 1)
    parts.push(`! the sources give this study to ${studies.length} patients; they are kept apart\n`);
  for (const study of studies) {
    parts.push(`\n${study.seriesCount} series, ${study.instanceCount} instances, since ${study.createdAt}\n`);
    if (study.hiddenAt) parts.push(`hidden since ${study.hiddenAt}: ${study.hiddenReason}\n`);
    parts.push(identity(study.identifiedAs));
    parts.push(routing(study.routing));
    for (const name of ['arrivals', 'series', 'versions', 'findings'] as const) {
      parts.push(section(name, study[name]));
    }
    parts.push(section('facts', study.facts.map(factRow)), section('events', study.events));
  }
  parts.push(section('accesses', accesses));
  return parts.join('');
}

function identity(identified: IdentifiedAs | null): string {
  if (identified === null) return 'not identified yet\n';
  const { person, entry, registrations, sightings, statements } = identified;
  const rests = `${registrations} registrations, ${sightings} sightings; by entry ${entry} of the identity log`;
  return `person ${person}: ${rests}\n${section('statements', statements)}`;
}

/** What a person asks first; the rest is in the JSON. */
const factRow = ({ kind, seriesInstanceUid, attribute, value, confidence, reason }: Row): Row => ({
  kind,
  series: seriesInstanceUid,
  attribute,
  value,
  confidence: Number(confidence).toFixed(2),
  reason,
});

function routing({ ruleSet, rules, destinations, deliveries }: Explanation['studies'][number]['routing']): string {
  const by = ruleSet === null ? '\nno rules are in force for it\n' : `\nby the rules of version ${ruleSet}:\n`;
  return by + section('rules', rules) + section('destinations', destinations) + section('deliveries', deliveries);
}

function section(name: string, rows: Row[]): string {
  if (rows.length === 0) return '';
  const names = Object.keys(rows[0]!);
  const cell = (value: unknown) =>
    value === null ? '-' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `\n${name}\n${columns([names, ...rows.map((row) => names.map((key) => cell(row[key])))])}`;
}
