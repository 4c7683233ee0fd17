// The disk of a node fills up: senders are told so (0xA700 by DIMSE, 503 with Retry-After by STOW-RS), nothing
// half-written stays, what is there can be found and read, and when there is room again the node takes instances by itself.

import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getJson, retrieve, stow } from '../support/dicomweb.ts';
import { freshUid, type MadeInstance, makeInstance, makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { ownMounts } from '../support/own-namespace.ts';
import { echo, find, get, storeAll } from '../support/peer.ts';
import { succeed } from '../support/program.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';

const skip = await ownMounts(import.meta.filename);

const OUT_OF_RESOURCES = 0xa700;
const limits = { diskBytes: 400 * 2 ** 20, ballastBytes: 100 * 2 ** 20, recoveryMs: 5_000 };
const fascia = join(import.meta.dirname, '../../fascia');

describe('a node whose disk fills up', { skip }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const study = makeStudy(1, 5);
  const studyInstanceUid = study[0]!.studyInstanceUid;
  let node: NodeProcess;
  let disk: SmallDisk;

  before(async () => {
    disk = smallDisk(closing, limits.diskBytes);
    const data = join(disk.folder, 'data');
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { data, environment: openDoors });
    // What somebody else keeps on the disk, and will clear away.
    await writeFile(join(disk.folder, 'ballast'), new Uint8Array(limits.ballastBytes));
    await storeAll(node.dicomPort, study);
  });

  test('what was taken before it was full is whole, what was not is nowhere', async () => {
    const taken: MadeInstance[] = [];
    const refused = new Map<MadeInstance, number>();
    const big = freshUid();
    while (refused.size < 3) {
      const one = makeInstance({ studyInstanceUid: big, rows: 2048, columns: 2048 });
      const status = (await storeAll(node.dicomPort, [one])).get(one.sopInstanceUid)!;
      if (status === 0) taken.push(one);
      else refused.set(one, status);
    }
    assert.deepEqual([...new Set(refused.values())], [OUT_OF_RESOURCES]);
    assert.ok(taken.length > 0);
    assertSameInstances((await retrieve(node.url, `/studies/${big}`)).map(instanceIn), taken);
    assert.equal((await getJson(node.url, `/studies/${big}/instances`)).length, taken.length);
    const files = await objectFiles(node);
    assert.equal(files.filter((name) => name.endsWith('.dcm')).length, taken.length + study.length);
    assert.deepEqual(
      files.filter((name) => !name.endsWith('.dcm')),
      [],
    );
  });

  test('on a disk without one byte left, senders are told to come again', async () => {
    await disk.fill();
    const one = makeInstance();
    assert.deepEqual([...(await storeAll(node.dicomPort, [one])).values()], [OUT_OF_RESOURCES]);
    const { status, headers } = await stow(node.url, [one.file]);
    assert.equal(status, 503);
    assert.match(headers.get('Retry-After') ?? '', /^\d+$/);
    const answer = await fetch(`${node.url}/dicomweb/studies/${one.studyInstanceUid}`);
    assert.equal(answer.status, 404);
  });

  test('on a disk without one byte left, everything is found and read', async () => {
    assert.equal(await echo(node.dicomPort), 0);
    assert.equal((await getJson(node.url, `/studies/${studyInstanceUid}/instances`)).length, 5);
    assert.equal((await getJson(node.url, `/studies/${studyInstanceUid}/metadata`)).length, 5);
    assert.equal((await find(node.dicomPort, 'STUDY', { StudyInstanceUID: studyInstanceUid })).length, 1);
    assertSameInstances((await retrieve(node.url, `/studies/${studyInstanceUid}`)).map(instanceIn), study);
    assertSameInstances(await get(node.dicomPort, { StudyInstanceUID: studyInstanceUid }, study), study);
  });

  test('when there is room again it takes instances by itself', async () => {
    await disk.clear();
    const start = performance.now();
    const one = makeInstance();
    while ((await storeAll(node.dicomPort, [one])).get(one.sopInstanceUid) !== 0) {
      assert.ok(performance.now() - start < limits.recoveryMs, 'within five seconds');
    }
    assert.equal((await stow(node.url, [makeInstance().file])).status, 200);
    await succeed(fascia, ['verify'], { environment: { FASCIA_DATA: node.data } });
  });
});

/** The objects, those half-written and those in quarantine too. */
async function objectFiles(node: NodeProcess): Promise<string[]> {
  const names = await readdir(join(node.data, 'objects'), { recursive: true });
  return names.filter((name) => /\.(dcm|part|bin)$/.test(name));
}
