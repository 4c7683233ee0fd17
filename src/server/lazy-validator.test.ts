import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AjvCompiler } from '@fastify/ajv-compiler';
import { apiRoutes } from '../api/api.ts';
import { silentLog } from '../base/log.ts';
import { createHttpServer } from './http-server.ts';

test('a request is held against its schema from the first one on: coerced as it says, refused with the reason', async (t) => {
  const app = createHttpServer(silentLog);
  t.after(() => app.close());
  const querystring = { type: 'object', properties: { limit: { type: 'integer' } }, additionalProperties: false };
  app.get('/of', { schema: { querystring } }, async ({ query }) => query);
  for (let time = 0; time < 2; time++) {
    assert.deepEqual((await app.inject('/of?limit=3')).json(), { limit: 3 });
    const refused = await app.inject('/of?limit=many');
    assert.equal(refused.statusCode, 400);
    assert.match(refused.json().detail, /querystring\/limit must be integer/);
    assert.match((await app.inject('/of?more=3')).json().detail, /must NOT have additional properties/);
  }
});

test('a schema is compiled when it is first needed, and not at the start', async (t) => {
  const app = createHttpServer(silentLog);
  t.after(() => app.close());
  app.get('/wrong', { schema: { querystring: { type: 'nothing' } } }, async () => ({}));
  await app.ready();
  assert.equal((await app.inject('/wrong')).statusCode, 500);
});

test('every schema of /api/v1 compiles', () => {
  const compile = AjvCompiler()({}, { customOptions: {} });
  for (const { params, query, body } of apiRoutes) {
    for (const schema of [params, query, body]) if (schema !== undefined) compile({ schema } as never);
  }
});
