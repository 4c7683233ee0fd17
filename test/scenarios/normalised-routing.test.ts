// Rules that ask what was done, on a real node: in one vocabulary, whatever the modality called it.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { makeStudy } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { destination, storeAll } from '../support/peer.ts';

async function receiver(t: TestContext) {
  const made = await destination('NEXT');
  t.after(() => made.listener.close());
  return made;
}

const head = {
  name: 'heads',
  when: 'procedure.bodyRegion == "HEAD" && procedure.confidence >= 0.9',
  series: 'series.class != "scout"',
  after: 'instance',
  do: { send: 'NEXT' },
};

test('a rule on the region and the class of series sends the heads of every language, without their topograms', async (t) => {
  const next = await receiver(t);
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  await addPeer(fascia, 'NEXT', next.listener.port);
  await putRules(fascia, [head]);
  const series = (study: string, attributes: Record<string, string | string[]>) =>
    makeStudy(1, 2, { studyInstanceUid: study, attributes: { BodyPartExamined: 'HEAD', ...attributes } });
  const kopf = { StudyDescription: 'CT Kopf nativ', StudyID: '1' };
  const slices = series('2.25.11', { ...kopf, SeriesDescription: 'Kopf 5.0', ConvolutionKernel: 'H31s' });
  const topogram = series('2.25.11', {
    ...kopf,
    SeriesDescription: 'Topogramm',
    ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'],
    SeriesNumber: '2',
  });
  const japanese = series('2.25.12', { StudyDescription: '頭部CT 単純', SeriesDescription: '頭部 5mm' });
  const thorax = makeStudy(1, 2, { attributes: { StudyDescription: 'CT Thorax', BodyPartExamined: 'CHEST' } });
  await storeAll(fascia.dicomPort, [...slices, ...topogram, ...thorax, ...japanese]);
  await next.arrived(4);
  const rows = await ledgerOnce(fascia, (all) => all.length > 0 && all.every(({ state }) => state === 'accepted'));
  const meant = [...slices, ...japanese].map(({ sopInstanceUid }) => sopInstanceUid);
  assert.deepEqual(rows.map(({ sopInstanceUid }) => sopInstanceUid).sort(), meant.sort());
  const thoraxes = { ...head, name: 'chests', when: 'procedure.bodyRegion == "CHEST"' };
  const tried = await call(fascia, 'POST', '/rules/dry-run', { days: 1, rules: { rules: [thoraxes] } });
  const { studies, rules } = (await tried.json()) as { studies: number; rules: Record<string, unknown> };
  assert.equal(studies, 3);
  assert.partialDeepStrictEqual(rules, { heads: { before: { applies: 2 } }, chests: { after: { applies: 1 } } });
});

test('what was found of a study is kept beside it, with source, confidence and reason, and explain shows it', async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const attributes = {
    ...{ StudyDescription: 'Knie rechts in 2 Ebenen', Modality: 'DX', BodyPartExamined: 'KNEE', SeriesTime: '256100' },
    // In an element of its vendor's own.
    ...{ Manufacturer: 'SIEMENS', '00190010': 'SIEMENS MR HEADER', '0019100C': '1000' },
  };
  await storeAll(fascia.dicomPort, makeStudy(1, 1, { studyInstanceUid: '2.25.13', attributes }));
  const all = await factsOnce(fascia, '2.25.13');
  const facts = all.filter(({ kind }) => kind === 'procedure');
  const told = (name: string) => facts.find(({ attribute }) => attribute === name)?.value;
  assert.deepEqual([told('Modality'), told('AnatomicFocus'), told('Laterality')], ['XR', 'knee', 'R']);
  for (const { confidence, reason, sources, foundBy } of facts) {
    assert.ok(confidence > 0 && confidence <= 1);
    assert.match(reason, /^read from the words of the study/);
    assert.deepEqual(sources[0], { path: '00081030' });
    assert.match(foundBy, /^[0-9a-f]{12}$/);
  }
  const wrong = all.find(({ kind, attribute }) => kind === 'repair' && attribute === 'SeriesTime');
  assert.match(wrong!.reason, /time/i, 'what is wrong with a header is told, and of which series');
  assert.match(wrong!.seriesInstanceUid!, /^[\d.]+$/);
  const enhanced = all.find(({ kind, attribute }) => kind === 'acquisition' && attribute === 'DiffusionBValue');
  assert.deepEqual([enhanced?.value, enhanced?.sources], [1000, [{ path: '0019100C', creator: 'SIEMENS MR HEADER' }]]);
  const vague = { StudyDescription: 'Kontrolle', SeriesDescription: 'x', BodyPartExamined: null, Modality: 'MR' };
  await storeAll(fascia.dicomPort, makeStudy(1, 1, { studyInstanceUid: '2.25.14', attributes: vague }));
  await factsOnce(fascia, '2.25.14');
  const review = (await (await call(fascia, 'GET', '/normalise/review')).json()) as Record<string, unknown>[];
  const [first] = review;
  assert.deepEqual(
    [first?.studyInstanceUid, first?.seriesInstanceUid, first?.description],
    ['2.25.14', null, 'Kontrolle'],
  );
  assert.ok(review.every(({ confidence }) => Number(confidence) < 0.95));
  const older = await call(fascia, 'GET', `/normalise/review?before=${first?.id}`);
  const olderUids = ((await older.json()) as typeof review).map(({ studyInstanceUid }) => studyInstanceUid);
  assert.equal(olderUids.includes('2.25.14'), false);
  const decided = { modality: 'MR', focus: 'prostate', laterality: 'none', contrast: 'without', interventional: false };
  const answer = (study: string, more = {}) =>
    call(fascia, 'POST', '/normalise/answers', { studyInstanceUid: study, ...decided, ...more });
  assert.equal((await answer('2.25.15')).status, 404);
  assert.equal((await answer('2.25.14', { focus: 'prostrate' })).status, 400);
  const taken = (await (await answer('2.25.14')).json()) as { id: string; studies: number };
  assert.deepEqual([taken.id, taken.studies], [first?.says, 1], 'the answer is of what the study says');
  await storeAll(fascia.dicomPort, makeStudy(1, 1, { studyInstanceUid: '2.25.15', attributes: vague }));
  for (const uid of ['2.25.14', '2.25.15']) {
    const focus = (await factsOnce(fascia, uid)).find(({ attribute }) => attribute === 'AnatomicFocus');
    assert.deepEqual([focus?.value, focus?.confidence], ['prostate', 1]);
  }
});

interface ToldFact {
  kind: string;
  seriesInstanceUid: string | null;
  attribute: string;
  value: unknown;
  confidence: number;
  reason: string;
  sources: object[];
  foundBy: string;
}

async function factsOnce(node: NodeProcess, uid: string): Promise<ToldFact[]> {
  for (;;) {
    const { studies } = (await (await call(node, 'GET', `/explain/${uid}`)).json()) as {
      studies: { facts: ToldFact[] }[];
    };
    if (studies[0]!.facts.length > 0) return studies[0]!.facts;
    // Facts are found some time after a study was kept; nothing announces them.
    await pause(100);
  }
}
