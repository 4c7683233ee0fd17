import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { send, testArchive } from '../../test/support/archive.ts';
import { CT_IMAGE_STORAGE, ctSlice } from '../../test/support/ct-slice.ts';
import { type MadeInstance, makeStudy } from '../../test/support/instances.ts';
import { rejectionNoteOf } from '../../test/support/rejection-note.ts';
import { readDicom } from '../dicom/reader.ts';
import { instancesBelow } from '../storage/catalogue.ts';
import { verify } from '../storage/verify.ts';

const STUDY = '2.25.1';

test('a C-STORE is kept as a Part 10 file that says whose it was, with its data set untouched', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const kept = await archive.cStore(slice);
  assert.equal(kept.keptAs, 'first');
  assert.deepEqual(kept.findings, []);
  const [instance] = await instancesBelow(archive.database, 1, { studyInstanceUid: STUDY });
  const file = await archive.bytesOf(instance!.object);
  assert.equal(file.length, instance!.sizeBytes);
  assert.deepEqual(file.subarray(instance!.datasetOffset), slice.dataset);
  const { meta } = readDicom(file);
  assert.equal(meta.text('SourceApplicationEntityTitle'), 'CT1');
  assert.equal(meta.text('MediaStorageSOPInstanceUID'), slice.sopInstanceUid);
  assert.deepEqual(archive.files(), [instance!.object]);
});

test('a Part 10 file is kept byte for byte, preamble and all', async (t) => {
  const archive = await testArchive(t);
  const { file } = ctSlice({ studyUid: STUDY });
  file.write('II*\0', 0);
  await archive.stow(file);
  const [instance] = await instancesBelow(archive.database, 1, { studyInstanceUid: STUDY });
  assert.deepEqual(await archive.bytesOf(instance!.object), file);
});

test('a file without preamble or File Meta Information gets them, and its data set stays as it was', async (t) => {
  const archive = await testArchive(t);
  const { dataset } = ctSlice({ studyUid: STUDY });
  const kept = await archive.stow(dataset);
  assert.deepEqual(
    kept.findings.map(({ code }) => code).filter((code) => code.startsWith('missing')),
    ['missing-preamble', 'missing-meta'],
  );
  const [instance] = await instancesBelow(archive.database, 1, { studyInstanceUid: STUDY });
  const file = await archive.bytesOf(instance!.object);
  assert.deepEqual(file.subarray(instance!.datasetOffset), dataset);
  assert.equal(readDicom(file).meta.text('TransferSyntaxUID'), '1.2.840.10008.1.2.1');
});

test('the same object by C-STORE and by STOW-RS is one', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const first = await archive.cStore(slice);
  const second = await archive.stow(slice.file);
  assert.equal(second.keptAs, 'same');
  assert.equal(second.instanceId, first.instanceId);
  assert.equal(archive.files().length, 1);
});

test('one instance sent by eight associations at once is kept once, and all are told that it is', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const kept = await Promise.all(Array.from({ length: 8 }, () => archive.cStore(slice)));
  assert.deepEqual(kept.map(({ keptAs }) => keptAs).sort(), ['first', ...Array(7).fill('same')]);
  assert.equal(new Set(kept.map(({ instanceId }) => instanceId)).size, 1);
  assert.equal(archive.files().length, 1);
  const [study] = await archive.database.query('select instance_count, series_count from study');
  assert.deepEqual(study, { instance_count: 1, series_count: 1 });
});

test('nobody is told that an instance is kept while another association is still making it durable', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const { create } = archive.store;
  const disk = Promise.withResolvers<void>();
  archive.store.create = (header, prefix) => {
    archive.store.create = create;
    const writer = archive.store.create(header, prefix);
    const sync = writer.sync.bind(writer);
    writer.sync = () => disk.promise.then(sync);
    return writer;
  };
  const told: string[] = [];
  const slow = archive.cStore(slice).then(({ keptAs }) => told.push(keptAs));
  while ((await archive.database.query('select from instance')).length === 0) await archive.store.space.measure();
  const second = archive.cStore(slice).then(({ keptAs }) => told.push(keptAs));
  await archive.cStore(ctSlice({ studyUid: STUDY, instance: 2 }));
  assert.deepEqual(told, []);
  disk.resolve();
  await Promise.all([slow, second]);
  assert.deepEqual(told.sort(), ['first', 'same']);
});

test('IHE RAD-66: a rejection note is out of sight from its first moment, before what it lists is', async (t) => {
  const archive = await testArchive(t);
  const [image] = makeStudy(1, 1) as [MadeInstance];
  await archive.stow(image.file);
  const note = rejectionNoteOf('113039', [image]);
  const kept = () => archive.database.query('select hidden_reason as why from instance order by id');
  // Whoever keeps instances holds this lock as well; who writes down what a note lists waits for them.
  const said = await archive.database.kysely.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock_shared(hashtext('rejection'))`.execute(transaction);
    const sent = archive.stow(note.file);
    while ((await kept()).length < 2) await archive.store.space.measure();
    assert.deepEqual(await kept(), [{ why: null }, { why: '113039 Data Retention Policy Expired' }]);
    return { sent };
  });
  await said.sent;
  assert.deepEqual(new Set((await kept()).map(({ why }) => why)), new Set(['113039 Data Retention Policy Expired']));
  assert.deepEqual(await archive.database.query('select from rejection where note = 0'), []);
});

test('any chunking of the same bytes keeps the same object', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY, rows: 4, columns: 4 });
  await archive.stow(slice.file);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: slice.file.length }), async (chunkBytes) => {
      const arrival = { door: 'stow-rs', tenant: 1, source: 'X', principal: 'X' } as const;
      assert.equal((await send(archive.receive, slice.file, arrival, chunkBytes)).keptAs, 'same');
    }),
    { numRuns: 20 },
  );
});

test('four associations at a time: every instance is there, and the counts are right', async (t) => {
  const archive = await testArchive(t);
  const association = async (series: number) => {
    for (let instance = 1; instance <= 25; instance++) {
      await archive.cStore(
        ctSlice({ studyUid: STUDY, series, instance, attributes: { Modality: series === 4 ? 'SR' : 'CT' } }),
      );
    }
  };
  await Promise.all([1, 2, 3, 4].map(association));
  const [study] = await archive.database.query(
    'select instance_count, series_count, modalities, sop_classes from study',
  );
  assert.deepEqual(study, {
    instance_count: 100,
    series_count: 4,
    modalities: ['CT', 'SR'],
    sop_classes: [CT_IMAGE_STORAGE],
  });
  const events = await archive.database.query<{ instances: string[] }>('select instances from event');
  assert.equal(events.flatMap(({ instances }) => instances).length, 100);
  const [audit] = await archive.database.query('select sum(instance_count)::integer as instances from audit');
  assert.deepEqual(audit, { instances: 100 });
  const reports = await Array.fromAsync(verify(archive.database, archive.store));
  assert.deepEqual(new Set(reports.map(({ kind }) => kind)), new Set(['good']));
  assert.equal(reports.length, 100);
});

test('another patient under a Study Instance UID that is here already becomes a study of its own, with a finding', async (t) => {
  const archive = await testArchive(t);
  await archive.cStore(ctSlice({ studyUid: STUDY, patientId: 'P1' }));
  const kept = await archive.cStore(ctSlice({ studyUid: STUDY, patientId: 'P2', series: 2 }));
  assert.deepEqual(
    kept.findings.map(({ code }) => code),
    ['patient-differs'],
  );
  const studies = await archive.database.query('select patient_id, instance_count from study order by id');
  assert.deepEqual(studies, [
    { patient_id: 'P1', instance_count: 1 },
    { patient_id: 'P2', instance_count: 1 },
  ]);
  const kinds = await archive.database.query<{ kind: string }>('select kind from event order by id');
  assert(kinds.some(({ kind }) => kind === 'study-patient-differs'));
  const again = await archive.cStore(ctSlice({ studyUid: STUDY, patientId: 'P2', series: 2, instance: 2 }));
  assert.deepEqual(
    again.findings.map(({ code }) => code),
    ['patient-differs'],
  );
});

test('a Patient ID with and without its issuer is one patient; with two issuers it is two', async (t) => {
  const archive = await testArchive(t);
  const issued = (issuer: string, instance: number) =>
    ctSlice({ studyUid: STUDY, instance, attributes: issuer === '' ? {} : { IssuerOfPatientID: issuer } });
  await archive.cStore(issued('SITE-A', 1));
  await archive.cStore(issued('', 2));
  await archive.cStore(issued('SITE-B', 3));
  const studies = await archive.database.query('select instance_count from study order by id');
  assert.deepEqual(studies, [{ instance_count: 2 }, { instance_count: 1 }]);
});

test('one Series Instance UID in two studies is two series', async (t) => {
  const archive = await testArchive(t);
  const shared = { SeriesInstanceUID: '2.25.77' };
  await archive.cStore(ctSlice({ studyUid: '2.25.2', attributes: shared }));
  await archive.cStore(ctSlice({ studyUid: '2.25.3', attributes: shared }));
  for (const studyInstanceUid of ['2.25.2', '2.25.3']) {
    const below = await instancesBelow(archive.database, 1, { studyInstanceUid, seriesInstanceUid: '2.25.77' });
    assert.deepEqual(
      below.map((instance) => instance.studyInstanceUid),
      [studyInstanceUid],
    );
  }
});

test('two tenants with the same study never see each other', async (t) => {
  const archive = await testArchive(t);
  await archive.database.query("insert into tenant (name) values ('second')");
  const slice = ctSlice({ studyUid: STUDY });
  assert.equal((await archive.cStore(slice)).keptAs, 'first');
  const kept = await archive.cStore(slice, { tenant: 2 });
  assert.equal(kept.keptAs, 'first');
  assert.deepEqual(kept.findings, []);
  const [mine] = await instancesBelow(archive.database, 1, { studyInstanceUid: STUDY });
  const [theirs] = await instancesBelow(archive.database, 2, { studyInstanceUid: STUDY });
  assert.notEqual(mine!.object, theirs!.object);
  await archive.cStore(ctSlice({ studyUid: '2.25.9' }), { tenant: 2 });
  await assert.rejects(instancesBelow(archive.database, 1, { studyInstanceUid: '2.25.9' }), {
    code: 'catalogue/not-found',
  });
});

test('PS3.4 B.2.3: a data set that is not the announced instance fails, and nothing of it is found', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const mismatch = { code: 'dicom/instance-mismatch' };
  const expected = { sopClassUid: slice.sopClassUid, sopInstanceUid: '2.25.404' };
  await assert.rejects(archive.cStore(slice, { expected }), mismatch);
  await assert.rejects(
    archive.cStore(slice, { expected: { ...expected, sopClassUid: '1.2.840.10008.5.1.4.1.1.4' } }),
    mismatch,
  );
  await assert.rejects(archive.stow(slice.file, { expected: { studyInstanceUid: '2.25.405' } }), {
    code: 'dicom/study-mismatch',
  });
  await assert.rejects(instancesBelow(archive.database, 1, { studyInstanceUid: STUDY }), {
    code: 'catalogue/not-found',
  });
});

test('what cannot be understood is refused with its reason, and its bytes lie in quarantine', async (t) => {
  const archive = await testArchive(t);
  const junk = Buffer.from('this is not a DICOM object, whatever the sender says '.repeat(400));
  await assert.rejects(archive.stow(junk), { code: 'dicom/unreadable' });
  const [entry] = await archive.database.query<{ object: string; problem: string; size_bytes: string }>(
    'select object, problem, size_bytes from quarantine',
  );
  assert.equal(entry!.problem, 'dicom/unreadable');
  assert.deepEqual(await archive.bytesOf(entry!.object), junk);
  assert.equal(Number(entry!.size_bytes), junk.length);
});

test('an object that cannot be placed in the catalogue is refused, and says why', async (t) => {
  const archive = await testArchive(t);
  for (const [attributes, code] of [
    [{ StudyInstanceUID: null }, 'dicom/missing-attribute'],
    [{ SOPInstanceUID: null }, 'dicom/missing-attribute'],
    [{ SeriesInstanceUID: '../../etc/passwd' }, 'dicom/invalid-uid'],
    // A hanging protocol belongs below no study; a DICOMDIR is an index.
    [{ SOPClassUID: '1.2.840.10008.5.1.4.38.1' }, 'dicom/not-storable'],
    [{ SOPClassUID: '1.2.840.10008.1.3.10' }, 'dicom/not-storable'],
  ] as const) {
    await assert.rejects(archive.stow(ctSlice({ studyUid: STUDY, attributes }).file), { code });
  }
  const [{ count }] = (await archive.database.query('select count(*)::integer from instance')) as [{ count: number }];
  assert.equal(count, 0);
});

test('what only looks odd is kept: empty Patient ID, endless and broken texts, zeros in UIDs, numbers that are none', async (t) => {
  const archive = await testArchive(t);
  const odd: Record<string, string | null>[] = [
    { PatientID: null },
    { PatientID: 'x'.repeat(10_000) },
    { PatientName: 'A\0B^C\0D', StudyDescription: '\0' },
    { StudyDescription: `"quoted" \\ 'text' {} ,`, PatientName: `O'Brien^"Bob"` },
    { SeriesInstanceUID: '2.25.007' },
    { InstanceNumber: 'seven', SeriesNumber: '99999999999' },
  ];
  for (const [n, attributes] of odd.entries()) {
    const studyUid = `2.25.${100 + n}`;
    assert.equal((await archive.stow(ctSlice({ studyUid, attributes }).file)).keptAs, 'first');
    assert.equal((await instancesBelow(archive.database, 1, { studyInstanceUid: studyUid })).length, 1);
  }
  // What is kept as JSON can be read as JSON by the database.
  await archive.database.query('select attributes::jsonb from study union all select attributes::jsonb from series');
});

test('a sender that gives up leaves nothing', async (t) => {
  const archive = await testArchive(t);
  const { file } = ctSlice({ studyUid: STUDY, rows: 600, columns: 600 });
  const receiving = archive.receive({ door: 'stow-rs', tenant: 1, source: 'X', principal: 'X' });
  await receiving.write(file.subarray(0, 500_000));
  receiving.abort('the association was aborted');
  // What comes after it is ordered behind it on the same disk thread.
  await archive.stow(ctSlice({ studyUid: STUDY }).file);
  assert.equal(archive.files().filter((name) => name.endsWith('.part')).length, 0);
  assert.equal(archive.files().length, 1);
});
