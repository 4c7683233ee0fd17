// A private element that nobody has described, on a real node: found by what its values follow, accepted by a person, and from
// then on told of the studies of a scanner that says it nowhere else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../support/delivery.ts';
import { stow } from '../support/dicomweb.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { fileOf, unheardOf as key, unheard } from '../support/unheard-scanner.ts';

interface FactRow {
  kind: string;
  attribute: string;
  value: unknown;
  reason: string;
  foundBy: string;
}

interface Standing {
  version: number;
  mappings: (typeof key & { acceptedBy: string })[];
  proposals: (typeof key & { state: string; trusted: boolean; evidence: { instances: number } })[];
  versions: { version: number; change: string }[];
}

async function acquiredOnce(
  fascia: NodeProcess,
  uid: string,
  holds: (facts: FactRow[]) => boolean,
): Promise<FactRow[]> {
  for (;;) {
    const { studies } = (await (await call(fascia, 'GET', `/explain/${uid}`)).json()) as {
      studies: { facts: FactRow[] }[];
    };
    const { facts } = studies[0]!;
    if (holds(facts)) return facts.filter(({ kind }) => kind === 'acquisition');
    // What is found of a study is found some seconds behind it, and nothing outside the node is told.
    await pause(100);
  }
}

test('what an unknown private element follows is proposed with its evidence, and is a fact once a person has accepted it', async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const post = async (path: string, body: object = {}): Promise<Response> =>
    call(fascia, 'POST', `/normalise/mappings/${path}`, body);
  const standing = async () => (await (await call(fascia, 'GET', '/normalise/mappings')).json()) as Standing;

  const none = await (await post('look')).json();
  assert.deepEqual(none, { instances: 0, proposals: 0 });
  const teaching = Array.from({ length: 16 }, (_, i) => unheard(i, 5 + i * 3, true));
  const silent = unheard(99, 41, false);
  await stow(fascia.url, [...teaching, silent].map(fileOf));

  const looked = await post('look');
  assert.equal(looked.status, 200, await looked.clone().text());
  const { instances } = (await looked.json()) as { instances: number };
  assert.equal(instances, 17);
  const found = await standing();
  const [first] = found.proposals;
  assert.partialDeepStrictEqual(first, { ...key, state: 'open', trusted: true, evidence: { instances: 16 } });
  assert.doesNotMatch(JSON.stringify(found), /MEHITABEL|THEOPHILUS|UNHEARD\^/, 'what a text says is in no proposal');
  assert.deepEqual([found.version, found.mappings], [0, []]);

  const study = silent.text('StudyInstanceUID')!;
  const before = await acquiredOnce(fascia, study, (facts) => facts.length > 0);
  assert.equal(
    before.some(({ attribute }) => attribute === 'FlipAngle'),
    false,
  );
  assert.deepEqual(await (await post('accept', key)).json(), { version: 1 });
  const after = await acquiredOnce(fascia, study, (facts) => facts.some(({ attribute }) => attribute === 'FlipAngle'));
  const fact = after.find(({ attribute }) => attribute === 'FlipAngle')!;
  assert.equal(fact.value, 41);
  assert.match(fact.reason, /^0077xx10 of UNHEARD-OF SCANNER .*accepted in version 1$/);
  assert.match(fact.foundBy, / mappings 1$/);

  const again = unheard(100, 67, false);
  await stow(fascia.url, [fileOf(again)]);
  const ofNew = await acquiredOnce(fascia, again.text('StudyInstanceUID')!, (facts) => facts.length > 0);
  assert.equal(ofNew.find(({ attribute }) => attribute === 'FlipAngle')?.value, 67);

  assert.deepEqual(await (await post('withdraw', key)).json(), { version: 2 });
  await acquiredOnce(fascia, study, (facts) => facts.every(({ attribute }) => attribute !== 'FlipAngle'));
  assert.equal((await post('withdraw', key)).status, 404);

  assert.equal((await post('refuse', { ...key, reason: 'a coincidence' })).status, 204);
  assert.equal((await post('accept', key)).status, 409);
  await post('look');
  const last = await standing();
  assert.equal(last.proposals.find(({ attribute }) => attribute === 'FlipAngle')!.state, 'refused');
  assert.deepEqual(
    last.versions.map(({ version, change }) => [version, change]),
    [
      [2, 'withdrawn 0077xx10 of UNHEARD-OF SCANNER as FlipAngle'],
      [1, 'accepted 0077xx10 of UNHEARD-OF SCANNER as FlipAngle'],
    ],
  );
  assert.equal((await post('reopen', key)).status, 204);
  assert.equal((await post('accept', { ...key, attribute: 'EchoTime' })).status, 404);
});
