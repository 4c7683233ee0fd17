// How fast the wire alone is: C-STORE of 0.5 MB CT into a sink that drops everything, by our SCU and by DCMTK's storescu.
// What a node adds (disk, catalogue) is measured elsewhere. `npm run bench`, or: node bench/dimse-receive.ts [instances]

import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSet } from '../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../src/dicom/writer.ts';
import type { DimseHandlers } from '../src/dimse/handlers.ts';
import { listenDimse } from '../src/dimse/listener.ts';
import { openAssociation } from '../src/dimse/requested-association.ts';
import { sendInstance } from '../src/dimse/store-scu.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const AE_TITLE = 'FASCIA';

/** Takes everything, keeps nothing. */
const nullHandlers: DimseHandlers = {
  admit: async () => ({ principal: undefined }),
  storesSopClass: (_, uid) => uid.startsWith('1.2.840.10008.5.1.4.1.1.'),
  echo: async () => {},
  store: () => ({ write: () => {}, finish: async () => ({ status: 0 }), abort: () => {} }),
  find: async function* () {},
  retrieve: async () => [],
  destination: async () => undefined,
  commit: () => Promise.reject(new Error('this peer only stores')),
};

async function serve(): Promise<void> {
  const listener = await listenDimse({ host: '127.0.0.1', port: 0, aeTitle: AE_TITLE, handlers: nullHandlers });
  process.on('message', () => process.send!({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }));
  process.on('disconnect', () => process.exit());
  process.send!({ port: listener.port });
}

function ctInstance(number: number): { sopInstanceUid: string; bytes: Uint8Array[] } {
  const sopInstanceUid = `1.2.826.0.1.3680043.10.1.${process.pid}.${number}`;
  const dataset = new DataSet()
    .set('SOPClassUID', CT)
    .set('SOPInstanceUID', sopInstanceUid)
    .set('StudyInstanceUID', '1.2.826.0.1.3680043.10.1')
    .set('SeriesInstanceUID', '1.2.826.0.1.3680043.10.1.1')
    .set('PatientID', 'BENCH')
    .set('PatientName', 'BENCH^WIRE')
    .set('Modality', 'CT')
    .set('Rows', 512)
    .set('Columns', 512)
    .set('BitsAllocated', 16)
    .set('PixelData', new Uint8Array(512 * 512 * 2).fill(number), 'OW');
  return { sopInstanceUid, bytes: writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!) };
}

async function sendOwn(port: number, instances: ReturnType<typeof ctInstance>[], associations: number): Promise<void> {
  const contexts = [{ abstractSyntax: CT, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }];
  const share = Math.ceil(instances.length / associations);
  const sendShare = async (_: unknown, i: number): Promise<void> => {
    const request = { host: '127.0.0.1', port, calledAeTitle: AE_TITLE, callingAeTitle: 'BENCH', contexts };
    const association = await openAssociation(request);
    for (const { sopInstanceUid, bytes } of instances.slice(i * share, (i + 1) * share)) {
      const open = async function* () {
        for (const part of bytes) yield new Uint8Array(part);
      };
      const instance = { sopClassUid: CT, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, open };
      const { status } = await sendInstance(association.messages, association.contexts.values(), instance);
      if (status !== 0) throw new Error(`C-STORE was answered ${status}`);
    }
    await association.release();
  };
  await Promise.all(Array.from({ length: associations }, sendShare));
}

async function sendDcmtk(port: number, folders: string[], environment: Record<string, string>): Promise<void> {
  const senders = folders.map((folder) =>
    spawn('storescu', ['-aec', AE_TITLE, '127.0.0.1', String(port), '+sd', folder], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    }),
  );
  const exits = await Promise.all(senders.map((sender) => once(sender, 'exit')));
  if (exits.some(([code]) => code !== 0)) throw new Error('storescu failed');
}

async function measure(name: string, server: ReturnType<typeof fork>, count: number, send: () => Promise<void>) {
  const usage = async () => {
    server.send('usage');
    return (await once(server, 'message'))[0] as { cpu: NodeJS.CpuUsage; rss: number };
  };
  const before = await usage();
  const start = performance.now();
  await send();
  const seconds = (performance.now() - start) / 1000;
  const after = await usage();
  const cpuMs = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1000;
  const rate = Math.round(count / seconds);
  console.log(
    `${name.padEnd(34)} ${String(rate).padStart(5)} instances/s ${(cpuMs / count).toFixed(2).padStart(6)} CPU ms/instance ` +
      `${Math.round(after.rss / 1e6)} MB RSS`,
  );
}

async function main(count: number): Promise<void> {
  const server = fork(process.argv[1]!, ['serve']);
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const instances = Array.from({ length: count }, (_, i) => ctInstance(i));
  for (const associations of [1, 4])
    await measure(`our SCU, ${associations} association(s)`, server, count, () =>
      sendOwn(port, instances, associations),
    );
  const folder = mkdtempSync(path.join(tmpdir(), 'fascia-bench-'));
  try {
    execFileSync('storescu', ['--version'], { stdio: 'ignore' });
    const folders = [0, 1, 2, 3].map((i) => path.join(folder, String(i)));
    for (const each of folders) execFileSync('mkdir', [each]);
    instances.forEach(({ sopInstanceUid, bytes }, i) => {
      const meta = fileMeta({ sopClassUid: CT, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
      writeFileSync(path.join(folders[i % 4]!, `${i}.dcm`), Buffer.concat([meta, ...bytes]));
    });
    await measure('storescu, 4 associations', server, count, () => sendDcmtk(port, folders, { TCP_NODELAY: '1' }));
    const quarter = count / 4;
    const [first] = folders;
    await measure('storescu, 1 association', server, quarter, () => sendDcmtk(port, [first!], { TCP_NODELAY: '1' }));
    await measure('stock storescu (Nagle)', server, quarter, () => sendDcmtk(port, [first!], {}));
  } catch (error) {
    console.log(`skipped: storescu not found (apt-get install dcmtk): ${(error as Error).message}`);
  } finally {
    rmSync(folder, { recursive: true });
    server.disconnect();
  }
}

if (process.argv[2] === 'serve') await serve();
else await main(Number(process.argv[2] ?? 400));
