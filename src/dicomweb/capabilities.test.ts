import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml, type XmlElement } from '../base/xml-parser.ts';
import { DataSet } from '../dicom/dataset.ts';
import { isOffered, routes } from './routes.ts';
import { testDoor } from './testing/test-door.ts';

const WADL = 'application/vnd.sun.wadl+xml';

interface Described {
  method: string;
  path: string;
}

/** Every method of a description with its path. */
function methodsOf(resource: XmlElement, around = ''): Described[] {
  const path = [around, resource.attributes.get('path')].filter(Boolean).join('/');
  return resource.children.flatMap((child): Described[] => {
    if (child.name === 'resource') return methodsOf(child, path);
    return child.name === 'method' ? [{ method: child.attributes.get('name')!, path: `/${path}` }] : [];
  });
}

const sorted = (described: Described[]): string[] => described.map(({ method, path }) => `${method} ${path}`).sort();

test('PS3.18 8.9: OPTIONS and GET of the root describe every route that is offered, and no other', async (t) => {
  const door = await testDoor(t);
  const offered = routes.filter(isOffered).map(({ method, path }) => ({ method, path: path.replace('*}', '}') }));
  for (const [method, path] of [
    ['OPTIONS', ''],
    ['OPTIONS', '/'],
    ['GET', '/'],
    ['GET', ''],
  ] as const) {
    const answer = await door.get(path, { Accept: WADL }, method);
    assert.equal(answer.status, 200, `${method} ${path}`);
    assert.equal(answer.headers.get('content-type'), WADL);
    const application = parseXml(await answer.text());
    assert.equal(application.name, 'application');
    const [resources] = application.children;
    assert.equal(resources!.attributes.get('base'), `${door.root}/`);
    assert.deepEqual(sorted(methodsOf(resources!)), sorted(offered));
  }
});

test('PS3.18 8.9: the description of a resource holds what lies below it; JSON is described as XML is', async (t) => {
  const door = await testDoor(t);
  const answer = await door.get('/studies/1.2/series', { Accept: 'application/json' }, 'OPTIONS');
  assert.equal(answer.headers.get('content-type'), 'application/json');
  assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS');
  const { application } = (await answer.json()) as {
    application: { resources: { resource: { '@path': string }[] }[] };
  };
  const [studies] = application.resources[0]!.resource;
  assert.equal(studies!['@path'], 'studies');
  assert.match(JSON.stringify(studies), /"@path":"\{series\}"/);
  assert.doesNotMatch(JSON.stringify(studies), /type=."application.dicom.json/, 'what is stored is another resource');
  const root = await door.get('/', { Accept: 'application/dicom+json' }, 'OPTIONS');
  assert.equal(root.status, 200);
  assert.equal((await door.get('/', { Accept: 'image/png' }, 'OPTIONS')).status, 406);
});

test('OPTIONS that asks for no description says what is allowed, a preflight also at the root', async (t) => {
  const door = await testDoor(t, { allowedOrigins: ['https://viewer.example'] });
  const allow = await door.get('/studies', {}, 'OPTIONS');
  assert.equal(allow.status, 204);
  assert.match(allow.headers.get('allow')!, /GET.*OPTIONS/);
  const preflight = { Origin: 'https://viewer.example', 'Access-Control-Request-Method': 'GET', Accept: '*/*' };
  const headers = Object.entries(preflight).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `OPTIONS /dicomweb/ HTTP/1.1\r\nHost: pacs\r\nConnection: close\r\n${headers.join('')}\r\n`;
  assert.match(await door.raw(request), /^HTTP\/1.1 204/);
});

test('what the description says of media types is true: none of them is refused', async (t) => {
  const door = await testDoor(t);
  const part = { study: '1.2', series: '1.2.3', instance: '1.2.3.4' };
  door.archive.keep(part, Buffer.from('the file'));
  door.archive.framesOf.set(part.instance, [Buffer.from('a frame')]);
  door.archive.valuesOf.set('7FE00010', { mediaType: 'application/octet-stream', bytes: Buffer.from('a value') });
  door.archive.described = () => ({ '7FE00010': { vr: 'OW', BulkDataURI: '/bulkdata/7FE00010' } });
  await door.archive.workitems.create(door.archive.requests[0]!, '1.2.9', new DataSet());
  for (const { method, path, about } of routes.filter(isOffered)) {
    const url = path
      .replace('{study}', part.study)
      .replace('{series}', part.series)
      .replace('{instance}', part.instance)
      .replace('{frames}', '1')
      .replace('{workitem}', '1.2.9')
      .replace('{path*}', '7FE00010');
    for (const mediaType of about?.gives ?? []) {
      if (method !== 'GET') continue;
      const answer = await door.get(url, { Accept: mediaType });
      assert.equal(answer.status, 200, `${path} as ${mediaType}`);
      const given = answer.headers.get('content-type')!.replace(/; (boundary|transfer-syntax)=.*/, '');
      assert.equal(given, mediaType, path);
    }
    for (const mediaType of about?.takes ?? []) {
      const headers = { 'Content-Type': `${mediaType}; boundary=B` };
      const answer = await door.fetch(url, { method, headers, body: 'nothing of the kind' });
      assert.ok([400, 409].includes(answer.status), `${path} takes ${mediaType}: ${answer.status}`);
    }
  }
});
