// The other side of private-mappings.ts.

import { findMappings, type LookTask } from './find-mappings.ts';

process.once('message', (task) => {
  process.send!(findMappings(task as LookTask), () => process.disconnect());
});
// Nobody waits for it any more.
process.once('disconnect', () => process.exit());
