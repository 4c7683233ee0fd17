// IHE IOCM, RAD-66: the table of docs/conformance/routing.md, walked: each title, in each order of arrival, by each door that
// shows an instance. A door that showed it until now, and may hold what it showed, shows it no longer.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Bundle, ImagingStudy } from '@medplum/fhirtypes';
import { loadConfig } from '../../src/base/config.ts';
import { type RejectionCode, rejections } from '../../src/routing/rejection.ts';
import { openArchive } from '../../src/server/archive.ts';
import { stow } from '../support/dicomweb.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { destination, find, get, move, storeAll } from '../support/peer.ts';
import { rejectionNoteOf } from '../support/rejection-note.ts';

const codes = Object.keys(rejections) as RejectionCode[];
const orders = ['before', 'with', 'after'] as const;

/** SOP Instance UIDs that a door shows of a study. `of`: what was made, that a door which is asked by instance asks for. */
type Door = (study: string, of: readonly MadeInstance[]) => Promise<string[]>;

const uidsOf = (made: readonly { sopInstanceUid: string }[]): string[] =>
  made.map(({ sopInstanceUid }) => sopInstanceUid).sort();

async function doorsOf(t: TestContext, fascia: NodeProcess, cookie: string): Promise<Record<string, Door>> {
  const web = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${fascia.url}${path}`, { headers: { Cookie: cookie, Accept: '*/*', ...headers } });
  const asJson = async <T>(path: string): Promise<T | undefined> => {
    const answer = await web(path);
    if (answer.status === 204 || answer.status === 404 || answer.status === 410) return undefined;
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return (await answer.json()) as T;
  };
  type Objects = Record<string, { Value?: string[] }>[];
  const named = (objects: Objects | undefined): string[] =>
    (objects ?? []).map((one) => one['00080018']!.Value![0]!).sort();
  /** Those of `made` for which a request of their own is answered. */
  const each = async (made: readonly MadeInstance[], path: (one: MadeInstance) => string, more = {}) => {
    const shown: MadeInstance[] = [];
    for (const one of made) {
      const answer = await web(path(one), more);
      await answer.arrayBuffer();
      assert.ok(answer.ok || answer.status === 404 || answer.status === 410, `${path(one)}: ${answer.status}`);
      if (answer.ok) shown.push(one);
    }
    return uidsOf(shown);
  };
  const instance = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: MadeInstance) =>
    `/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
  const images = (made: readonly MadeInstance[]) => made.filter(({ dataset }) => dataset.has('PixelData'));
  const next = await destination('NEXT');
  t.after(() => next.listener.close());
  const archive = await openArchive(loadConfig({ environment: { FASCIA_DATA: fascia.data } }).config);
  t.after(() => archive.close());
  const peer = { aeTitle: 'NEXT', host: '127.0.0.1', port: next.listener.port };
  const headers = { Cookie: cookie, 'Content-Type': 'application/json' };
  const added = await fetch(`${fascia.url}/api/v1/peers/NEXT`, { method: 'PUT', headers, body: JSON.stringify(peer) });
  assert.ok(added.ok);
  return {
    // First those that are asked by the thousand, and hold what they were told.
    'WADO-RS frames': (_, made) => each(images(made), (one) => `${instance(one)}/frames/1`),
    'WADO-RS rendered': (_, made) => each(images(made), (one) => `${instance(one)}/rendered`),
    'C-FIND': async (study) => {
      const keys = { StudyInstanceUID: study, SeriesInstanceUID: null, SOPInstanceUID: null };
      return (await find(fascia.dicomPort, 'IMAGE', keys)).map((match) => match.text('SOPInstanceUID')!).sort();
    },
    'C-GET': async (study, made) => uidsOf(await get(fascia.dicomPort, { StudyInstanceUID: study }, made)),
    'C-MOVE': async (study) => {
      next.received.length = 0;
      await move(fascia.dicomPort, { StudyInstanceUID: study }, 'NEXT');
      return uidsOf(next.received);
    },
    'QIDO-RS': async (study) => named(await asJson(`/dicomweb/studies/${study}/instances`)),
    'QIDO-RS of all studies': async (study) => named(await asJson(`/dicomweb/instances?StudyInstanceUID=${study}`)),
    'WADO-RS': (_, made) => each(made, instance, { Accept: 'multipart/related; type="application/dicom"' }),
    'WADO-RS metadata of the study': async (study) => named(await asJson(`/dicomweb/studies/${study}/metadata`)),
    'WADO-RS metadata of the instance': (_, made) => each(made, (one) => `${instance(one)}/metadata`),
    'WADO-RS thumbnail': (_, made) => each(images(made), (one) => `${instance(one)}/thumbnail`),
    'WADO-RS bulk data': (_, made) => each(images(made), (one) => `${instance(one)}/bulkdata/7FE00010`),
    'WADO-URI': (_, made) =>
      each(images(made), ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }) => {
        const ids = `studyUID=${studyInstanceUid}&seriesUID=${seriesInstanceUid}&objectUID=${sopInstanceUid}`;
        return `/dicomweb/wado?requestType=WADO&${ids}&contentType=application/dicom`;
      }),
    'ImagingStudy of the study': async (study) => {
      const bundle = await asJson<Bundle<ImagingStudy>>(`/fhir/R4/ImagingStudy?identifier=urn:oid:${study}`);
      const series = (bundle?.entry ?? []).flatMap(({ resource }) => resource!.series ?? []);
      return series.flatMap(({ instance: shown = [] }) => shown.map(({ uid }) => uid!)).sort();
    },
    'ImagingStudy by instance': async (_, made) => {
      const found = made.map(async (one) => {
        const bundle = await asJson<Bundle>(`/fhir/R4/ImagingStudy?instance=${one.sopInstanceUid}`);
        return bundle?.total === 0 ? [] : [one];
      });
      return uidsOf((await Promise.all(found)).flat());
    },
    'share link': async (study, made) => {
      const created = await fetch(`${fascia.url}/api/v1/shares`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ studyUid: study, expiresIn: 600, watermark: 'w' }),
      });
      assert.equal(created.status, 200);
      const { url } = (await created.json()) as { url: string };
      const opened = await fetch(url, { redirect: 'manual' });
      const share = opened.headers.get('set-cookie')!.split(';')[0]!;
      const view = await web(`/look/${study}/study.json`, { Cookie: share });
      const shown = await each(images(made), (one) => `${instance(one)}/rendered`, { Cookie: share });
      const { series } = (await view.json()) as { series: { instanceCount: number }[] };
      const counted = series.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
      assert.equal(counted, shown.length, 'what the page of the link counts');
      return shown;
    },
    // What `fascia export` writes.
    export: async (study) => uidsOf(await archive.instancesOf(study)),
  };
}

test('each title hides on every door what it lists, and itself, whether it comes before, with or after it', async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: { FASCIA_PEERS: 'ANY' } });
  const cookie = await signIn(fascia);
  const doors = await doorsOf(t, fascia, cookie);
  const stores = {
    dimse: (made: readonly MadeInstance[]) => storeAll(fascia.dicomPort, made),
    stow: async (made: readonly MadeInstance[]) => {
      const files = made.map(({ file }) => file);
      assert.equal((await stow(fascia.url, files, { headers: { Cookie: cookie } })).status, 200);
    },
  };
  let turn = 0;
  for (const code of codes) {
    for (const order of orders) {
      const [rejected, kept] = makeStudy(1, 2) as [MadeInstance, MadeInstance];
      const note = rejectionNoteOf(code, [rejected]);
      const store = turn++ % 2 === 0 ? stores.dimse : stores.stow;
      const seen = async (expected: readonly MadeInstance[], when: string) => {
        for (const [name, door] of Object.entries(doors)) {
          const shown = await door(kept.studyInstanceUid, [rejected, kept, note]);
          assert.deepEqual(shown, uidsOf(expected), `${code} ${order}, ${when}: ${name}`);
        }
      };
      if (order === 'before') {
        await store([note]);
        await store([rejected, kept]);
      } else if (order === 'with') await store([rejected, note, kept]);
      else {
        await store([rejected, kept]);
        await seen([rejected, kept], 'until the note');
        await store([note]);
      }
      await seen([kept], 'after the note');
      await store([rejected]);
      const isShown = rejections[code].again === 'is-shown';
      await seen(isShown ? [rejected, kept] : [kept], 'stored once more');
    }
  }
});

async function signIn({ url, output }: NodeProcess): Promise<string> {
  const path = /(\/sign-in\?token=\S+)/.exec(output())![1]!;
  const response = await fetch(url + path, { redirect: 'manual' });
  return response.headers.get('set-cookie')!.split(';')[0]!;
}
