// The pages as browsers get them, made before any test: each node that finds none would begin to make them, beside all others.

import { silentLog } from '../../src/base/log.ts';
import { startBundler } from '../../src/server/screens/bundle.ts';
import { cacheFolder } from '../../src/server/screens/cache-folder.ts';
import { scratchFolder } from './scratch.ts';

const now = Promise.resolve();
const { ready } = startBundler(cacheFolder(scratchFolder()), silentLog, {
  signal: new AbortController().signal,
  wanted: now,
  calm: now,
});
await ready;
