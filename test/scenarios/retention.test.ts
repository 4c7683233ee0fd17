// What is withdrawn goes for good once the retention policy says so: a node in this process, on the clock of the test.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '../../src/base/config.ts';
import { printListenAddress } from '../../src/base/listen-address.ts';
import { silentLog } from '../../src/base/log.ts';
import { openArchive } from '../../src/server/archive.ts';
import { startNode } from '../../src/server/node.ts';
import { getJson, stow } from '../support/dicomweb.ts';
import { emptyFolder, unwinding } from '../support/folder.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { openDoors } from '../support/node-process.ts';
import { testClock } from '../support/test-clock.ts';

const DAY_MS = 86_400_000;

async function nodeOnTestClock(t: TestContext, FASCIA_HIDDEN_DAYS: string) {
  const later = unwinding(t);
  const folder = emptyFolder(later);
  const listeners = { FASCIA_HTTP: '127.0.0.1:0', FASCIA_DICOM: '127.0.0.1:0', FASCIA_MLLP: '127.0.0.1:0' };
  const { config } = loadConfig({ folder, environment: { ...openDoors, ...listeners, FASCIA_HIDDEN_DAYS } });
  const clock = testClock();
  const node = await startNode(config, silentLog, clock);
  later(() => node.close());
  return { config, clock, node, url: `http://${printListenAddress(node.httpAddress)}` };
}

test('thirty days after a study was hidden its bytes are gone, WADO-RS still says 410 and why, and verify is clean', async (t) => {
  const { config, clock, node, url } = await nodeOnTestClock(t, '30');
  const [wrong, right] = [makeStudy(2, 2), makeStudy(1, 1)];
  assert.equal(
    (
      await stow(
        url,
        [...wrong, ...right].map(({ file }) => file),
      )
    ).status,
    200,
  );
  const path = `/dicomweb/studies/${wrong[0]!.studyInstanceUid}`;
  const pictureOf = async ({ studyInstanceUid }: MadeInstance) =>
    (await fetch(`${url}/dicomweb/studies/${studyInstanceUid}/thumbnail`, { headers: { Accept: 'image/jpeg' } }))
      .status;
  assert.deepEqual([await pictureOf(wrong[0]!), await pictureOf(right[0]!)], [200, 200]);
  assert.equal((await fetch(`${url}${path}?reason=wrong%20patient`, { method: 'DELETE' })).status, 204);
  const archive = await openArchive(config);
  t.after(() => archive.close());
  const verified = async () => (await Array.fromAsync(archive.verify())).map(({ kind }) => kind);

  clock.advance(29 * DAY_MS);
  await node.keepHouse();
  assert.equal((await verified()).length, 5);

  clock.advance(2 * DAY_MS);
  await node.keepHouse();
  assert.deepEqual(await verified(), ['good']);
  const pictures = await readdir(join(config.data, 'cache'), { recursive: true, withFileTypes: true });
  assert.equal(pictures.filter((entry) => entry.isFile()).length, 1, 'that of the study that stays');
  for (const resource of ['', '/metadata', `/series/${wrong[0]!.seriesInstanceUid}`]) {
    const answer = await fetch(url + path + resource, { headers: { Accept: '*/*' } });
    assert.equal(answer.status, 410, resource);
    assert.match(((await answer.json()) as { detail: string }).detail, /wrong patient/);
  }
  await fetch(`${url}${path}/unhide`, { method: 'POST' });
  assert.deepEqual(
    (await getJson(url, '/studies')).map((study) => study['0020000D']?.Value?.[0]),
    [right[0]!.studyInstanceUid],
  );
  const audit = await (await fetch(`${url}/api/v1/audit?action=purge`)).text();
  assert.match(audit, new RegExp(`"principal":"retention".*"${wrong[0]!.studyInstanceUid}"`));
  assert.match(await (await fetch(`${url}/api/v1/events`)).text(), /"kind":"purged"/);
});
