// The other side of model-estimation.ts.

import { silentLog } from '../../base/log.ts';
import { connectDatabase } from '../../storage/database.ts';
import { type Estimated, estimateLogged } from './estimate-logged.ts';
import type { ApartTask } from './model-estimation.ts';

process.once('message', (task) => {
  estimate(task as ApartTask).then(
    (estimated) => process.send!(estimated, () => process.disconnect()),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`, () => process.exit(1));
    },
  );
});
// Nobody waits for it any more.
process.once('disconnect', () => process.exit());

async function estimate({ connection, ...task }: ApartTask): Promise<Estimated> {
  const database = await connectDatabase(connection, silentLog);
  try {
    return await estimateLogged(database, task);
  } finally {
    await database.close();
  }
}
