// What 1,000 Subscriptions cost ingest: the same C-STORE of small CT studies into one node without any, with a thousand that
// each ask for something, in turns: with, without, without, with. `npm run bench subscriptions [INSTANCES] [ROUNDS]`.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { openAssociation } from '../src/dimse/requested-association.ts';
import { sendInstance } from '../src/dimse/store-scu.ts';
import { extensions } from '../src/fhir/subscriptions/profile.ts';
import { topics } from '../src/fhir/subscriptions/topics.ts';
import { ctSlice } from '../test/support/ct-slice.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';

const instances = Number(process.argv[2] ?? 400);
const rounds = Number(process.argv[3] ?? 4);
const SUBSCRIPTIONS = 1_000;
/** Of one study. */
const SLICES = 50;

let study = 0;

/** Resolves to instances per second, of four associations. */
async function ingest(port: number): Promise<number> {
  const studies = Array.from({ length: Math.ceil(instances / SLICES) }, () => {
    study += 1;
    const studyUid = `2.25.${process.pid}.${study}`;
    return Array.from({ length: SLICES }, (_, n) =>
      ctSlice({ studyUid, series: 1, instance: n + 1, rows: 128, columns: 128 }),
    );
  });
  const [first] = studies[0]!;
  const contexts = [{ abstractSyntax: first!.sopClassUid, transferSyntaxes: [first!.transferSyntaxUid] }];
  const began = performance.now();
  const sender = async (at: number): Promise<void> => {
    const call = { host: '127.0.0.1', port, calledAeTitle: 'FASCIA', callingAeTitle: `CT${at}`, contexts };
    const association = await openAssociation(call);
    for (const slices of studies.filter((_, n) => n % 4 === at)) {
      for (const { dataset, ...slice } of slices) {
        const open = async function* () {
          yield new Uint8Array(dataset);
        };
        const { status } = await sendInstance(association.messages, association.contexts.values(), { ...slice, open });
        if (status !== 0) throw new Error(`C-STORE was answered ${status}`);
      }
    }
    await association.release();
  };
  await Promise.all([0, 1, 2, 3].map(sender));
  return (studies.length * SLICES * 1000) / (performance.now() - began);
}

/** A tenth wants every study, the others those of one patient each. */
const subscription = (n: number, endpoint: string) => ({
  resourceType: 'Subscription',
  status: 'requested',
  reason: 'bench',
  criteria: topics.studyChanged.url,
  _criteria: {
    extension: [
      {
        url: extensions.filter,
        valueString: n % 10 === 0 ? 'ImagingStudy?modality=CT' : `ImagingStudy?patient=Patient/p${n}`,
      },
    ],
  },
  channel: {
    type: 'rest-hook',
    endpoint,
    payload: 'application/fhir+json',
    _payload: { extension: [{ url: extensions.content, valueCode: 'id-only' }] },
  },
});

const cleanUps: (() => Promise<void>)[] = [];
let taken = 0;
const hook = createServer((incoming, outgoing) => {
  incoming.resume().on('end', () => {
    taken += 1;
    outgoing.end();
  });
});
await once(hook.listen(0, '127.0.0.1'), 'listening');
const endpoint = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
const ask = async (method: string, path: string, body?: object): Promise<Response> => {
  const response = await fetch(`${node.url}/fhir/R4${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/fhir+json' } }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
  return response;
};
const settled = async (status: string): Promise<void> => {
  for (;;) {
    const answer = (await (await ask('GET', `/Subscription/$status?status=${status}`)).json()) as { total: number };
    if (answer.total === SUBSCRIPTIONS) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
const switched = async (status: 'requested' | 'off'): Promise<void> => {
  const ids = Array.from({ length: SUBSCRIPTIONS }, (_, n) => n);
  for (let at = 0; at < ids.length; at += 20) {
    await Promise.all(
      ids
        .slice(at, at + 20)
        .map((n) => ask('PUT', `/Subscription/s${n}`, { ...subscription(n, endpoint), status, id: `s${n}` })),
    );
  }
  await settled(status === 'off' ? 'off' : 'active');
};

try {
  for (let warm = 0; warm < 2; warm++) await ingest(node.dicomPort);
  const rates: { without: number[]; with: number[] } = { without: [], with: [] };
  for (let round = 0; round < rounds; round++) {
    await switched('requested');
    taken = 0;
    rates.with.push(await ingest(node.dicomPort));
    console.log(`round ${round + 1}: ${taken} notifications were taken meanwhile`);
    await switched('off');
    rates.without.push(await ingest(node.dicomPort), await ingest(node.dicomPort));
    await switched('requested');
    rates.with.push(await ingest(node.dicomPort));
    await switched('off');
  }
  const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  const [without, with_] = [median(rates.without), median(rates.with)];
  const shown = (all: number[]): string => all.map((rate) => rate.toFixed(0)).join(' ');
  console.log(`no subscription: ${shown(rates.without)}, ${without.toFixed(0)} instances/s`);
  console.log(`${SUBSCRIPTIONS} subscriptions: ${shown(rates.with)}, ${with_.toFixed(0)} instances/s`);
  console.log(`they cost ${((1 - with_ / without) * 100).toFixed(1)} % of ingest`);
} finally {
  hook.closeAllConnections();
  hook.close();
  for (const cleanUp of cleanUps) await cleanUp();
}
