import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { localPrincipal } from '../../auth/principal.ts';
import { silentLog } from '../../base/log.ts';
import { createHttpServer } from '../http-server.ts';
import { registerOhif } from './ohif.ts';
import { ohifFolder } from './ohif-install.ts';
import { registerStaticFiles } from './static-files.ts';

test('OHIF is one page at /viewer/ and below it, and what leaves out the slash is led there once', async (t) => {
  const cache = mkdtempSync(join(tmpdir(), 'fascia-ohif-'));
  t.after(() => rmSync(cache, { recursive: true }));
  mkdirSync(ohifFolder(cache));
  writeFileSync(join(ohifFolder(cache), 'index.html'), 'the viewer');
  const app = createHttpServer(silentLog);
  t.after(() => app.close());
  const authenticator = { authenticate: async () => localPrincipal, close: () => undefined };
  registerStaticFiles(app);
  registerOhif(app, { cache, authenticator, wanted: () => assert.fail('it is here') });

  for (const url of ['/viewer/', '/viewer/?lng=de', '/viewer/viewer?StudyInstanceUIDs=1.2', '/viewer/viewer/']) {
    const { statusCode, body } = await app.inject(url);
    assert.deepEqual([statusCode, body], [200, 'the viewer'], url);
  }
  for (const query of ['', '?StudyInstanceUIDs=1.2']) {
    const { statusCode, headers } = await app.inject(`/viewer${query}`);
    assert.deepEqual([statusCode, headers.location], [302, `/viewer/${query}`]);
  }
});
