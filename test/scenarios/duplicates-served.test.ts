// Other bytes under a UID we have: both are kept, the sender is told, and the configuration decides which is served.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getJson, type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { makeInstance } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';

test('behaviour 19: FASCIA_DUPLICATES_SERVED=latest serves corrected demographics on every resource, other geometry never', async (t) => {
  const environment = { ...openDoors, FASCIA_DUPLICATES_SERVED: 'latest' };
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  const first = makeInstance({ attributes: { PatientName: 'Wrong^Name' } });
  const again = (attributes: Record<string, string>) => makeInstance({ ...first, attributes });
  const corrected = again({ PatientName: 'Right^Name' });
  const conflicting = again({ PatientName: 'Third^Name', ImagePositionPatient: '0\\0\\99' });
  const path = `/studies/${first.studyInstanceUid}`;
  const served = async () => {
    const [file] = await retrieve(node.url, path);
    const [metadata] = (await getJson(node.url, `${path}/metadata`)) as [Json];
    return { file: Buffer.from(file!), name: value(metadata, '00100010') };
  };
  for (const [sent, status, isServed] of [
    [first, 200, first],
    [corrected, 202, corrected],
    [corrected, 200, corrected],
    [conflicting, 202, corrected],
  ] as const) {
    const { status: answered, answer } = await stow(node.url, [sent.file]);
    assert.equal(answered, status);
    const [stored] = answer['00081199']!.Value as Json[];
    assert.equal(value(stored!, '00081196'), status === 202 ? 0xb000 : undefined);
    const { file, name } = await served();
    assert.deepEqual(file, Buffer.from(isServed.file));
    assert.equal(name, isServed.dataset.text('PatientName'));
  }
});
