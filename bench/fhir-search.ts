// What FHIR searches over stored resources cost, without HTTP: p50 and p95 in milliseconds over 50,000 made resources, asked
// on one connection and on eight. Run: npm run bench fhir-search [SECONDS]

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseQueryString } from '../src/base/http/query-string.ts';
import { silentLog } from '../src/base/log.ts';
import { parseSearch } from '../src/fhir/search/parse.ts';
import type { SearchRequest } from '../src/fhir/search/request.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { search } from '../src/storage/fhir-search/search.ts';
import { writeIndex } from '../src/storage/fhir-search/write-index.ts';

const SECONDS = Number(process.argv[2] ?? 2);
const ORDERS = 20_000;
const REPORTS = 15_000;
const RESULTS = 14_800;
const READERS = 200;
const PATIENTS = 5_000;
const ACCESSIONS = 'urn:oid:1.2.3.4';

const day = (n: number): string =>
  new Date(Date.UTC(2020, 0, 1) + ((n * 6151) % 2190) * 86_400_000).toISOString().slice(0, 10);
const subject = (n: number) => ({ reference: `Patient/P${(n * 37) % PATIENTS}` });
const families = ['Smith', 'Müller', 'Nguyen', 'Okafor', 'Tanaka', 'Rossi', 'Dubois', 'Kowalski', 'Иванов', 'Silva'];
const codes = ['36643-5', '24627-2', '30746-2', '24558-9', '37637-6', '24725-4'];
const coding = (n: number) => ({
  coding: [{ system: 'http://loinc.org', code: codes[n % codes.length], display: `Study ${n % 6}` }],
});

const made: readonly [string, number, (n: number) => object][] = [
  [
    'Practitioner',
    READERS,
    (n) => ({
      name: [{ family: families[n % 10], given: [`Given${n}`] }],
      identifier: [{ system: 'urn:npi', value: `${n}` }],
    }),
  ],
  [
    'ServiceRequest',
    ORDERS,
    (n) => ({
      status: n % 9 ? 'completed' : 'active',
      intent: 'order',
      priority: n % 20 ? 'routine' : 'stat',
      identifier: [{ system: ACCESSIONS, value: `A${n}` }],
      subject: subject(n),
      authoredOn: `${day(n)}T08:00:00Z`,
      code: coding(n),
      requester: { reference: `Practitioner/Practitioner${n % READERS}` },
    }),
  ],
  [
    'DiagnosticReport',
    REPORTS,
    (n) => ({
      status: n % 11 ? 'final' : 'preliminary',
      subject: subject(n),
      basedOn: [{ reference: `ServiceRequest/ServiceRequest${n}` }],
      code: coding(n),
      effectiveDateTime: `${day(n)}T09:30:00Z`,
      issued: `${day(n)}T11:00:00Z`,
      performer: [{ reference: `Practitioner/Practitioner${(n * 7) % READERS}` }],
      result: [{ reference: `Observation/Observation${n % RESULTS}` }],
    }),
  ],
  [
    'Observation',
    RESULTS,
    (n) => ({
      status: 'final',
      subject: subject(n),
      code: coding(n),
      effectiveDateTime: `${day(n)}T09:30:00Z`,
      valueQuantity: { value: (n * 13) % 1000, unit: 'mm', system: 'http://unitsofmeasure.org', code: 'mm' },
    }),
  ],
];

/** A question for each number, so that none is asked twice in a row. */
const questions: Record<string, (n: number) => string> = {
  'by id': (n) => `ServiceRequest?_id=ServiceRequest${(n * 7919) % ORDERS}`,
  'by identifier': (n) => `ServiceRequest?identifier=${ACCESSIONS}|A${(n * 7919) % ORDERS}`,
  'of a patient': (n) => `DiagnosticReport?patient=P${n % PATIENTS}`,
  'of a patient, newest first': (n) => `DiagnosticReport?subject=Patient/P${n % PATIENTS}&_sort=-date`,
  'everything, newest first': () => 'DiagnosticReport?_sort=-date&_count=20',
  'everything, last changed first': () => 'DiagnosticReport?_sort=-_lastUpdated&_count=20',
  'a deep page by date': (n) => `DiagnosticReport?_sort=date&_count=20&_total=none&_cursor=${deep(n)}`,
  'active and stat, of a month': (n) =>
    `ServiceRequest?status=active&priority=stat&authored=202${n % 5}-0${1 + (n % 9)}`,
  'by name of the performer': (n) =>
    `DiagnosticReport?performer:Practitioner.name=${encodeURIComponent(families[n % 10]!)}&_count=20`,
  'by the order they answer': (n) => `DiagnosticReport?based-on.identifier=A${(n * 7919) % REPORTS}`,
  'orders with a preliminary report': () =>
    'ServiceRequest?_has:DiagnosticReport:based-on:status=preliminary&_count=20',
  'code and value together': (n) => `Observation?code-value-quantity=${codes[n % 6]}$gt${990 - (n % 20)}`,
  'a name anywhere': (n) => `Practitioner?name:contains=${['üll', 'afo', 'wals'][n % 3]}`,
  'with all that belongs to it': (n) =>
    `DiagnosticReport?patient=P${n % PATIENTS}&_include=DiagnosticReport:based-on&_include=DiagnosticReport:result&_include:iterate=ServiceRequest:requester`,
  'how many': () => 'DiagnosticReport?status=final&_summary=count',
};

/** Behind some report in the order of dates. */
const deep = (n: number): string =>
  btoa(JSON.stringify([0, 'DiagnosticReport', 'DiagnosticReport5', String(Date.UTC(2021 + (n % 4), n % 12, 1))]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const folder = await mkdtemp(path.join(tmpdir(), 'fascia-bench-fhir-'));
const database = await openDatabase({ dataDir: folder, log: silentLog });
try {
  await fill(database);
  console.log(
    `${'question'.padEnd(36)}${'at once'.padStart(8)}${'a second'.padStart(10)}${'found'.padStart(8)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}`,
  );
  for (const [name, question] of Object.entries(questions)) {
    for (const connections of [1, 8]) await measure(name, question, connections);
  }
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

async function fill({ pool, query }: Database): Promise<void> {
  const started = performance.now();
  const client = await pool.connect();
  await client.query('begin');
  let count = 0;
  for (const [type, total, make] of made) {
    for (let n = 0; n < total; n++) {
      const resource = { resourceType: type, id: `${type}${n}`, ...make(n) };
      await client.query({
        name: 'bench_resource',
        text: `insert into fhir_resource (tenant, type, id, version, last_updated, method, resource)
          values (1, $1, $2, 1, timestamptz '2026-01-01' + $3 * interval '1 second', 'PUT', $4)`,
        values: [type, resource.id, n, JSON.stringify(resource)],
      });
      await writeIndex(client, 1, type, resource.id, resource);
      count += 1;
      if (count % 1000 === 0) {
        await client.query('commit');
        await client.query('begin');
      }
    }
  }
  await client.query('commit');
  client.release();
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${count} resources written and indexed in ${seconds.toFixed(0)} s, ${((seconds * 1000) / count).toFixed(2)} ms each`,
  );
  await query('vacuum analyze');
}

function request(asked: string): SearchRequest {
  const [type, query = ''] = asked.split(/\?(.*)/s) as [string, string?];
  return parseSearch([type], parseQueryString(query), { now: Date.now(), prefer: 'handling=strict' });
}

async function measure(name: string, question: (n: number) => string, connections: number): Promise<void> {
  const ask = async (n: number): Promise<number> => {
    const page = await search(database, 1, request(question(n)));
    return page.matches.length + page.included.length;
  };
  for (let n = 0; n < 10; n++) await ask(n);
  const milliseconds: number[] = [];
  let found = 0;
  const started = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - started < SECONDS * 1000) {
      const asked = performance.now();
      const count = await ask(milliseconds.length);
      found += count;
      milliseconds.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  milliseconds.sort((a, b) => a - b);
  const requests = milliseconds.length;
  const columns: [string | number, number][] = [
    [connections, 8],
    [(requests / SECONDS).toFixed(0), 10],
    [(found / requests).toFixed(0), 8],
    [milliseconds[requests >> 1]!.toFixed(2), 9],
    [milliseconds[Math.floor(requests * 0.95)]!.toFixed(2), 9],
  ];
  console.log(name.padEnd(36) + columns.map(([each, width]) => String(each).padStart(width)).join(''));
}
