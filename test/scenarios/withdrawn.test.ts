// What is withdrawn through one door is gone from every door, with its reason, and comes back whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getJson, retrieve, stow } from '../support/dicomweb.ts';
import { makeStudy } from '../support/instances.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { find, get } from '../support/peer.ts';

test('a study hidden through DICOMweb is hidden from C-FIND and C-GET too, and an undo brings back every instance', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_PEERS: 'ANY', FASCIA_AUTH: 'off' },
  });
  const study = makeStudy(2, 2);
  const files = study.map(({ file }) => file);
  assert.equal((await stow(node.url, files)).status, 200);
  const path = `/studies/${study[0]!.studyInstanceUid}`;
  const url = `${node.url}/dicomweb${path}`;
  const keys = { StudyInstanceUID: study[0]!.studyInstanceUid };

  const hidden = await fetch(`${url}?reason=wrong%20patient`, { method: 'DELETE' });
  assert.ok(hidden.ok, `${hidden.status}`);
  for (const gone of ['', '/metadata', `/series/${study[0]!.seriesInstanceUid}`]) {
    const answer = await fetch(url + gone, { headers: { Accept: '*/*' } });
    assert.equal(answer.status, 410, gone);
    assert.match(((await answer.json()) as { detail: string }).detail, /wrong patient/);
  }
  assert.equal((await getJson(node.url, '/studies')).length, 0);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 0);
  assert.equal((await get(node.dicomPort, keys, study)).length, 0);
  // Sent again meanwhile, it stays hidden: who withdrew it decides.
  await stow(node.url, files);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 0);

  assert.ok((await fetch(`${url}/unhide`, { method: 'POST' })).ok);
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  const back = await retrieve(node.url, path);
  const hex = (each: Uint8Array) => Buffer.from(each).toString('hex');
  assert.deepEqual(back.map(hex).sort(), files.map(hex).sort());
});
