// ADT messages over 16 MLLP connections into a node that knows nobody yet, each durable together with what it says of
// identity before it is acknowledged: messages a second, and how long one waits. `npm run bench mllp-receive [SECONDS]`.

import { startNodeProcess } from '../test/support/node-process.ts';
import { feed } from './support/adt-feed.ts';
import { percentiles } from './support/percentiles.ts';
import { registrations } from './support/registrations.ts';

const connections = 16;
const seconds = Number(process.argv[2] ?? 10);
const patients = [...registrations(20_000)];

const cleanUps: (() => Promise<void>)[] = [];
const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp));
try {
  await feed(node.mllpPort, { connections, seconds: 3, patients });
  const waits = await feed(node.mllpPort, { connections, seconds, patients: patients.toReversed() });
  const rate = Math.round(waits.length / seconds);
  console.log(`${rate} messages/s over ${connections} connections; acknowledged in ${percentiles(waits)}`);
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}
