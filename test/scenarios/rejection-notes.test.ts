// IHE IOCM, RAD-66: what a rejection note lists is out of sight at every door, whichever of the two came first; and whoever
// was sent a copy is sent the note.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type RejectionCode, rejections } from '../../src/routing/rejection.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { destination, find, storeAll } from '../support/peer.ts';
import { rejectionNoteOf } from '../support/rejection-note.ts';

const codes = Object.keys(rejections) as RejectionCode[];

const node = (t: TestContext) => startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });

/** What a door shows of a study: by QIDO-RS, WADO-RS, C-FIND. */
async function seen(fascia: NodeProcess, { studyInstanceUid, seriesInstanceUid }: MadeInstance): Promise<string[]> {
  const searched = await fetch(`${fascia.url}/dicomweb/studies/${studyInstanceUid}/instances`);
  const uids = searched.status === 204 ? [] : ((await searched.json()) as Record<string, { Value?: string[] }>[]);
  const byQido = uids.map((one) => one['00080018']!.Value![0]!).sort();
  const metadata = await fetch(`${fascia.url}/dicomweb/studies/${studyInstanceUid}/metadata`);
  const retrieved = metadata.ok ? ((await metadata.json()) as Record<string, { Value?: string[] }>[]) : [];
  assert.deepEqual(retrieved.map((one) => one['00080018']!.Value![0]!).sort(), byQido);
  const keys = { StudyInstanceUID: studyInstanceUid, SeriesInstanceUID: seriesInstanceUid, SOPInstanceUID: null };
  const matches = await find(fascia.dicomPort, 'IMAGE', keys);
  assert.deepEqual(matches.map((match) => match.text('SOPInstanceUID')!).sort(), byQido);
  return byQido;
}

const uids = (made: readonly MadeInstance[]) => made.map(({ sopInstanceUid }) => sopInstanceUid).sort();

test('what a note lists is out of sight, with the note, whether it comes before, with or after it, by DIMSE and STOW-RS', async (t) => {
  const fascia = await node(t);
  const doors = {
    dimse: (made: readonly MadeInstance[]) => storeAll(fascia.dicomPort, made),
    stow: (made: readonly MadeInstance[]) =>
      stow(
        fascia.url,
        made.map(({ file }) => file),
      ),
  };
  for (const store of Object.values(doors)) {
    for (const code of codes) {
      for (const order of ['before', 'with', 'after']) {
        const [first, second, kept] = makeStudy(1, 3) as [MadeInstance, MadeInstance, MadeInstance];
        const rejecting = rejectionNoteOf(code, [first, second]);
        if (order === 'with') await store([first, rejecting, second, kept]);
        else {
          const [one, other] =
            order === 'before' ? [[rejecting], [first, second, kept]] : [[first, second, kept], [rejecting]];
          await store(one);
          await store(other);
        }
        assert.deepEqual(await seen(fascia, kept), [kept.sopInstanceUid], `${code} ${order}`);
        const [study] = await getJson(fascia.url, `/studies?StudyInstanceUID=${kept.studyInstanceUid}`);
        assert.equal(value(study!, '00201208'), 1, 'Number of Study Related Instances');
        const path = `${fascia.url}/dicomweb/studies/${first.studyInstanceUid}/series/${first.seriesInstanceUid}`;
        assert.equal((await fetch(`${path}/instances/${first.sopInstanceUid}`)).status, 410);
        // Stored once more: only what expired is wanted again.
        await store([first]);
        const again = codes.filter((each) => rejections[each].again === 'is-shown').includes(code);
        assert.deepEqual(await seen(fascia, kept), uids(again ? [first, kept] : [kept]), `${code} again`);
      }
    }
  }
});

test('who was sent a copy is sent the note, and nobody else; not where copies may be kept as long as others like', async (t) => {
  const fascia = await node(t);
  const next = await destination('NEXT');
  t.after(() => next.listener.close());
  await addPeer(fascia, 'NEXT', next.listener.port);
  await putRules(fascia, [{ name: 'ct', when: '"CT" in study.modalities', after: 'instance', do: { send: 'NEXT' } }]);
  const [sent, expired] = [makeStudy(1, 2), makeStudy(1, 1)];
  await storeAll(fascia.dicomPort, [...sent, ...expired]);
  await next.arrived(3);
  await ledgerOnce(fascia, (rows) => rows.length === 3 && rows.every(({ state }) => state === 'accepted'));
  const [of113039, of113037] = [rejectionNoteOf('113039', expired), rejectionNoteOf('113037', sent.slice(0, 1))];
  await storeAll(fascia.dicomPort, [of113039, of113037]);
  await next.arrived(4);
  const never = makeStudy(1, 1);
  await storeAll(fascia.dicomPort, [rejectionNoteOf('113001', never), ...never]);
  const last = makeStudy(1, 1);
  await storeAll(fascia.dicomPort, last);
  await next.arrived(5);
  await ledgerOnce(fascia, (rows) => rows.every(({ state }) => state !== 'queued'));
  assert.deepEqual(uids(next.received as unknown as MadeInstance[]), uids([...sent, ...expired, of113037, ...last]));
  const shown = await call(fascia, 'GET', `/deliveries?instance=${of113037.sopInstanceUid}`);
  assert.deepEqual(
    ((await shown.json()) as { state: string }[]).map(({ state }) => state),
    ['accepted'],
  );
});
