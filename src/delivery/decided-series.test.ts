import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { silentLog } from '../base/log.ts';
import type { SeriesDecisions } from '../normalize/series/series-answers.ts';
import { doubtfulFacts } from '../storage/facts.ts';
import { keptSeriesAnswers, retractSeriesAnswer } from '../storage/series-answers.ts';
import { studiesForRules } from '../storage/study-for-rules.ts';
import { FactKeeper } from './fact-keeper.ts';
import { NormalisePool } from './normalise-pool.ts';

const dixon: SeriesDecisions = { modality: 'MR', sequenceClass: 'DIXON-W', plane: 'coronal', fatSuppressed: 'y' };

async function openHospital(t: TestContext) {
  const archive = await testArchive(t);
  const { database } = archive;
  const pool = new NormalisePool(database, silentLog);
  archive.closing.defer(() => pool.close());
  const keeper = new FactKeeper({ database, log: silentLog, normalised: (study) => pool.of(study), lookMs: 3_600_000 });
  archive.closing.defer(() => keeper.close());
  let made = 0;
  return {
    database,
    /** A series of this description in a study of its own; resolves to the row of the study, when its facts are found. */
    async examine(SeriesDescription: string, more: Record<string, string> = {}): Promise<string> {
      made += 1;
      const uids = { StudyInstanceUID: `2.25.88.${made}`, SeriesInstanceUID: `2.25.88.${made}.1` };
      const attributes = { ...uids, Modality: 'MR', SeriesDescription, ProtocolName: 'Q7', EchoTime: '2.39', ...more };
      await archive.stow(makeInstance({ attributes }).file);
      await keeper.look();
      const [row] = await database.query<{ id: string }>('select max(id) as id from study');
      return row!.id;
    },
    async answer(id: string): Promise<{ id: string; series: number }> {
      const [study] = await studiesForRules(database, [id]);
      return pool.decideSeries(study!, study!.series[0]!.seriesInstanceUid, dixon, 'a radiographer');
    },
    /** Class and plane, and whether they are certain. */
    async shown(id: string): Promise<unknown[]> {
      await keeper.look();
      const rows = await database.query<{ value: unknown; confidence: number }>(
        `select value, confidence from fact where study = $1 and kind = 'series' and attribute in ('SequenceClass', 'Plane')
         order by attribute`,
        [id],
      );
      return rows.map(({ value, confidence }) => (confidence === 1 ? value : `${value}?`));
    },
  };
}

test('an answer about a series holds for every series that says the same, older ones too, until it is taken back', async (t) => {
  const { database, examine, answer, shown } = await openHospital(t);
  const first = await examine('Zwirbelix cor');
  // A tenth longer echo, other capitals: the same protocol. Another echo is another.
  const same = await examine('ZWIRBELIX  cor', { EchoTime: '2.4' });
  const other = await examine('Zwirbelix cor', { EchoTime: '80' });
  const before = await shown(other);
  const doubts = await doubtfulFacts(database, { tenant: 1, limit: 10 });
  const ofSeries = doubts.filter(({ seriesInstanceUid }) => seriesInstanceUid !== null);
  assert.deepEqual(
    ofSeries.map(({ alike }) => alike),
    [1, 2, 2],
    'newest first',
  );
  const { id, series } = await answer(first);
  assert.equal(series, 2);
  assert.equal(id, ofSeries[1]!.says);
  for (const study of [first, same]) assert.deepEqual(await shown(study), ['coronal', 'DIXON-W']);
  assert.deepEqual(await shown(other), before);
  const later = await examine('zwirbelix COR');
  assert.deepEqual(await shown(later), ['coronal', 'DIXON-W']);
  assert.equal((await doubtfulFacts(database, { tenant: 1, limit: 10 })).filter(({ says }) => says === id).length, 0);

  assert.equal(await retractSeriesAnswer(database, { tenant: 2, id, retractedBy: 'another' }), false);
  assert.equal(await retractSeriesAnswer(database, { tenant: 1, id, retractedBy: 'another' }), true);
  assert.equal(await retractSeriesAnswer(database, { tenant: 1, id, retractedBy: 'another' }), false);
  for (const study of [first, same, later]) assert.notDeepEqual(await shown(study), ['coronal', 'DIXON-W']);
  const [kept] = await keptSeriesAnswers(database, { tenant: 1, limit: 10, after: 0 });
  assert.deepEqual([kept?.series, kept?.decisions, kept?.retractedBy], [3, dixon, 'another']);
});

test('an answer of CT about a series of MR is none', async (t) => {
  const archive = await testArchive(t);
  const pool = new NormalisePool(archive.database, silentLog);
  archive.closing.defer(() => pool.close());
  await archive.stow(makeInstance({ attributes: { Modality: 'MR' } }).file);
  const [row] = await archive.database.query<{ id: string }>('select id from study');
  const [study] = await studiesForRules(archive.database, [row!.id]);
  const ct: SeriesDecisions = { modality: 'CT', phase: 'arterial', reconstruction: 'soft' };
  await assert.rejects(pool.decideSeries(study!, study!.series[0]!.seriesInstanceUid, ct, 'somebody'), {
    code: 'catalogue/not-found',
  });
});
