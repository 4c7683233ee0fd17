// Rules that ask what was done, on a real node: in one vocabulary, whatever the modality called it.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { makeStudy } from '../support/instances.ts';
import { addPeer, openDoors, startNodeProcess } from '../support/node-process.ts';
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
