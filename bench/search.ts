// What searches cost, without HTTP or DIMSE: requests per second and latencies on one and on sixteen connections, at 2,000
// and 50,000 synthetic studies, with the CPU of this process (PostgreSQL's comes on top). Run: node bench/search.ts

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSet } from '../src/dicom/dataset.ts';
import { tagOf, vrOf } from '../src/dicom/dictionary.ts';
import { answerForm } from '../src/dicom/find-answer.ts';
import type { MatchKey, Query } from '../src/dicom/query.ts';
import { IMPLICIT_VR_LITTLE_ENDIAN } from '../src/dicom/transfer-syntax.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { findAnswers } from '../src/storage/search/find.ts';
import { search } from '../src/storage/search/search.ts';
import type { ServedDemographics } from '../src/storage/served-demographics.ts';
import { fill } from './search-data.ts';

const SECONDS = Number(process.argv[2] ?? 2);
const at = new Date();
const silence = () => undefined;
const log = { debug: silence, info: silence, warn: silence, error: silence };

const key = (keyword: string, ...values: string[]): MatchKey => ({
  path: [tagOf(keyword)!],
  vr: vrOf(tagOf(keyword)!),
  values,
});
const studies = (keys: MatchKey[], more: Partial<Query> = {}): Query => ({
  level: 'STUDY',
  keys,
  returnPaths: [],
  fuzzy: false,
  ...more,
});
const fields = (keywords: string) => keywords.split(' ').map((keyword) => [tagOf(keyword)!]);
const identifier = {
  returnPaths: fields(
    'StudyDate AccessionNumber ModalitiesInStudy PatientName PatientID StudyInstanceUID StudyDescription',
  ),
};
const form = answerForm(
  identifier.returnPaths.reduce((dataset, [tag]) => dataset.set(tag!, null), new DataSet()),
  new DataSet().set('QueryRetrieveLevel', 'STUDY').set('RetrieveAETitle', 'FASCIA'),
  IMPLICIT_VR_LITTLE_ENDIAN,
);
const patientId = (n: number, total: number) => `Q${String((n * 37) % Math.floor(total * 0.7)).padStart(6, '0')}`;
const prefixes = ['Smit*', 'Smyt*', 'Garc*', 'Nguy*', 'Okaf*', 'Tana*', 'Ross*', 'Kowa*'];
const month = (n: number) => `${2019 + (n % 5)}${String(1 + (n % 12)).padStart(2, '0')}`;
const uid = (n: number, total: number) => `2.25.${10n ** 32n + BigInt((n * 7919) % total)}`;

type Kind = (n: number, total: number) => Query;

const answers: Record<string, Kind> = {
  PatientID: (n, total) => studies([key('PatientID', patientId(n, total))]),
  'name wildcard': (n) => studies([key('PatientName', prefixes[n % prefixes.length]!)]),
  'date and modality': (n) =>
    studies([key('StudyDate', `${month(n)}01-${month(n)}28`), key('ModalitiesInStudy', 'CT')]),
  paging: (n, total) => studies([], { limit: 50, offset: (n * 50) % total }),
  'deepest page': (_, total) => studies([], { limit: 50, offset: total - 50 }),
  'instances of a study': (n, total) => ({ ...studies([key('StudyInstanceUID', uid(n, total))]), level: 'IMAGE' }),
  "a viewer's study list": () =>
    studies([], {
      limit: 101,
      offset: 0,
      returnPaths: fields('StudyDescription Modality ReferringPhysicianName PatientBirthDate'),
    }),
  'name anywhere in it': (n) =>
    studies([key('PatientName', `*${prefixes[n % prefixes.length]!.slice(1)}`)], { limit: 101 }),
  'name by sound': (n) => studies([key('PatientName', prefixes[n % prefixes.length]!)], { limit: 101, fuzzy: true }),
};

const finds: Record<string, Kind> = {
  'C-FIND PatientID': (n, total) => studies([key('PatientID', patientId(n, total))], identifier),
  'C-FIND name': (n) => studies([key('PatientName', prefixes[n % prefixes.length]!)], identifier),
};

/** Of each study a person of its own, at hand: what it costs to serve them, and not what it costs to know them. */
const served: ServedDemographics = async (_tenant, studyIds) =>
  new Map(
    studyIds.map((study) => {
      const values = { PatientName: 'Quimbley^Hermione', PatientID: `P${study}`, IssuerOfPatientID: 'FASCIA' };
      return [
        study,
        { personId: values.PatientID, studyIds: [study], values, note: { modifyingSystem: 'FASCIA', at } },
      ];
    }),
  );

for (const total of [2_000, 50_000]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-bench-'));
  const database = await openDatabase({ dataDir: folder, log });
  try {
    await fill(database, total);
    console.log(`${total} studies`.padEnd(24), 'connections  requests/s  answers   p50 ms   p95 ms  CPU ms');
    for (const [name, kind] of Object.entries(answers)) {
      for (const connections of [1, 16])
        await measure(name, kind, total, connections, (query) => answerCount(database, query));
    }
    for (const connections of [1, 16]) {
      const list = answers["a viewer's study list"]!;
      await measure('the same, reconciled', list, total, connections, (query) => answerCount(database, query, served));
    }
    for (const [name, kind] of Object.entries(finds)) {
      for (const connections of [1, 4])
        await measure(name, kind, total, connections, (query) => findCount(database, query));
    }
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function answerCount(database: Database, query: Query, reconciled?: ServedDemographics): Promise<number> {
  const request = { tenant: 1, query, baseUrl: 'http://127.0.0.1:8080/dicomweb', served: reconciled };
  return (await search(database, request)).count;
}

async function findCount(database: Database, query: Query): Promise<number> {
  let count = 0;
  for await (const answers of findAnswers(database, { tenant: 1, query, form })) count += answers.length;
  return count;
}

async function measure(
  name: string,
  kind: Kind,
  total: number,
  connections: number,
  ask: (query: Query) => Promise<number>,
): Promise<void> {
  for (let n = 0; n < 30; n++) await ask(kind(n, total));
  const milliseconds: number[] = [];
  let count = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - started < SECONDS * 1000) {
      const asked = performance.now();
      const found = await ask(kind(milliseconds.length, total));
      count += found;
      milliseconds.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const used = process.cpuUsage(cpu);
  milliseconds.sort((a, b) => a - b);
  const requests = milliseconds.length;
  const columns = [
    connections,
    (requests / SECONDS).toFixed(0),
    (count / requests).toFixed(0),
    milliseconds[requests >> 1]!.toFixed(2),
    milliseconds[Math.floor(requests * 0.95)]!.toFixed(2),
    ((used.user + used.system) / 1000 / requests).toFixed(2),
  ];
  const widths = [11, 11, 8, 8, 8, 7];
  console.log(name.padEnd(24), columns.map((each, at) => String(each).padStart(widths[at]!)).join(' '));
}
