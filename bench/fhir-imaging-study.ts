// ImagingStudy over HTTP: searches and reads against synthetic studies, one after the other and eight at once, and how soon
// after its last instance a study is found. `npm run bench fhir-imaging-study [STUDIES [SECONDS]]`.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/base/log.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { imagingStudyId } from '../src/translate/imaging-study-id.ts';
import { stow } from '../test/support/dicomweb.ts';
import { makeStudy } from '../test/support/instances.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { percentiles } from './support/percentiles.ts';

const total = Number(process.argv[2] ?? 50_000);
const seconds = Number(process.argv[3] ?? 3);
const patients = Math.ceil(total / 3);
const cleanUps: (() => Promise<void>)[] = [];
const data = await mkdtemp(join(tmpdir(), 'fascia-bench-'));
try {
  const database = await openDatabase({ dataDir: data, log: silentLog });
  await fill(database);
  await database.close();
  const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { data, environment: openDoors });
  const root = `${node.url}/fhir/R4`;
  const persons = await Promise.all(Array.from({ length: 200 }, (_, n) => personOf(root, patientId(n))));
  console.log(`${total} studies of ${patients} patients, two series of three images each`);
  const questions: Record<string, (n: number) => string> = {
    'by person': (n) => `/ImagingStudy?patient=${persons[n % persons.length]}`,
    'by person, newest first, with the patient': (n) =>
      `/ImagingStudy?patient=${persons[n % persons.length]}&_sort=-started&_include=ImagingStudy:patient`,
    'by a number of the patient': (n) => `/ImagingStudy?patient.identifier=${patientId(n)}`,
    'by Study Instance UID': (n) => `/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${uid(n)}`,
    'by day and modality': (n) => `/ImagingStudy?started=${day(n)}&modality=CT`,
    'a page of 50': () => '/ImagingStudy',
    'changed in the last minute': () => `/ImagingStudy?_lastUpdated=ge${new Date(Date.now() - 60_000).toISOString()}`,
    'read by id': (n) => `/ImagingStudy/${imagingStudyId({ tenant: 1, studyInstanceUid: uid(n) })}`,
  };
  for (const [name, question] of Object.entries(questions)) {
    for (const clients of [1, 8]) {
      const times = await asked(clients, (n) => root + question(n));
      console.log(`${name}, ${clients} at once: ${percentiles(times)}, ${(times.length / seconds).toFixed(0)}/s`);
    }
  }
  const lags = [];
  for (let n = 0; n < 50; n++) lags.push(await lag(node.url));
  console.log(`found after its last instance was acknowledged: ${percentiles(lags)}`);
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
  await rm(data, { recursive: true, force: true });
}

async function asked(clients: number, url: (n: number) => string): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const client = async (from: number): Promise<void> => {
    for (let n = from; performance.now() < end; n += clients) {
      const began = performance.now();
      const answer = await fetch(url(n * 37));
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${url(n * 37)}: ${answer.status}`);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, from) => client(from)));
  return times;
}

async function personOf(root: string, id: string): Promise<string> {
  const answer = await fetch(`${root}/Patient?identifier=${id}`);
  const { entry } = (await answer.json()) as { entry: { resource: { id: string } }[] };
  return `Patient/${entry[0]!.resource.id}`;
}

/** From the answer to STOW-RS until a search shows the study, with all its instances. */
async function lag(url: string): Promise<number> {
  const made = makeStudy(2, 3);
  const files = made.map(({ file }) => file);
  await stow(url, files);
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`${url}/fhir/R4/ImagingStudy?identifier=urn:oid:${made[0]!.studyInstanceUid}`);
    const { entry = [] } = (await answer.json()) as { entry?: { resource: { numberOfInstances: number } }[] };
    if (entry[0]?.resource.numberOfInstances === files.length) return performance.now() - began;
  }
}

function patientId(n: number): string {
  return `B${String(n % patients).padStart(6, '0')}`;
}

function uid(n: number): string {
  return `2.25.${10n ** 32n + BigInt(n % total)}`;
}

function day(n: number): string {
  return new Date(Date.UTC(2019, 0, 1 + (n % 2190))).toISOString().slice(0, 10);
}

/** As the spine would describe them; names and days of birth as many as patients. */
async function fill(database: Database): Promise<void> {
  await database.query(
    `insert into study (tenant, study_uid, patient_key, patient_id, patient_name_alphabetic, patient_birth_date,
       patient_sex, study_date, study_time, accession_number, study_description, attributes, answer_head, answer_middle,
       answer_tail, modalities, sop_classes, series_count, instance_count)
     select 1, uid, 'id:' || patient, patient, name, birth, 'F', day, '103000', 'A' || n, modality || ' of the chest',
       jsonb_build_object(
         '00080020', jsonb_build_object('vr', 'DA', 'Value', array[day]),
         '00080030', jsonb_build_object('vr', 'TM', 'Value', array['103000']),
         '00080050', jsonb_build_object('vr', 'SH', 'Value', array['A' || n]),
         '00080201', jsonb_build_object('vr', 'SH', 'Value', array['+0100']),
         '00081030', jsonb_build_object('vr', 'LO', 'Value', array[modality || ' of the chest']),
         '00100010', jsonb_build_object('vr', 'PN', 'Value', array[jsonb_build_object('Alphabetic', name)]),
         '00100020', jsonb_build_object('vr', 'LO', 'Value', array[patient]),
         '00100030', jsonb_build_object('vr', 'DA', 'Value', array[birth]),
         '00100040', jsonb_build_object('vr', 'CS', 'Value', array['F']))::text,
       '', '', '', array[modality], array['1.2.840.10008.5.1.4.1.1.2'], 2, 6
     from (
       select n, '2.25.' || (10::numeric ^ 32 + n)::numeric(40) as uid, 'B' || lpad((n % $2::int)::text, 6, '0') as patient,
         translate(md5('f' || n % $2::int), '0123456789', 'ghijklmnop') || '^'
           || translate(left(md5('g' || n % $2::int), 8), '0123456789', 'ghijklmnop') as name,
         to_char(date '1930-01-01' + n % $2::int * 7919 % 29000, 'YYYYMMDD') as birth,
         to_char(date '2019-01-01' + n * 6151 % 2190, 'YYYYMMDD') as day, (array['CT','MR','US','CR'])[1 + n % 4] as modality
       from generate_series(0, $1::int - 1) n) made order by n`,
    [total, patients],
  );
  await database.query(`
    insert into series (study, tenant, series_uid, modality, series_number, body_part, attributes, answer_head,
      answer_tail, answer_rest, instance_count)
    select s.id, 1, s.study_uid || '.' || n, s.modalities[1], n, 'CHEST',
      jsonb_build_object(
        '00080060', jsonb_build_object('vr', 'CS', 'Value', s.modalities),
        '00180015', jsonb_build_object('vr', 'CS', 'Value', array['CHEST']),
        '00200011', jsonb_build_object('vr', 'IS', 'Value', array[n]))::text, '', '', '', 3
    from study s, generate_series(1, 2) n order by s.id, n`);
  await database.query(`
    insert into instance (series, study, tenant, sop_uid, sop_class, transfer_syntax, instance_number, ordinal, rows,
      columns, bits_allocated, sha256, header_sha256, object, size_bytes, dataset_offset, metadata, source)
    select e.id, e.study, 1, e.series_uid || '.' || n, '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1', n, n, 8, 8, 8,
      sha256(int8send(e.id)), sha256(int8send(e.id)), '', 1000, 200, '', 'bench'
    from series e, generate_series(1, 3) n order by e.id, n`);
  await database.query('vacuum analyze');
}
