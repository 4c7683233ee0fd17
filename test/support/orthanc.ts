// Orthanc as Debian ships it, with its DICOMweb plugin: an archive of others, and a user of ours, driven by its REST API.
// It listens on every address: for test files in a network of their own.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './folder.ts';
import { without } from './needs.ts';
import { serve } from './program.ts';
import { type Given, instanceIn } from './same-instances.ts';

const DICOMWEB = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** For `test(name, { skip: withoutOrthanc }, …)`. */
export const withoutOrthanc: string | false =
  without('Orthanc', 'orthanc') ||
  (existsSync(DICOMWEB) ? false : `skipped: ${DICOMWEB} not found (apt-get install orthanc-dicomweb)`);

export interface OrthancOptions {
  dicomPort: number;
  httpPort: number;
  /** The ports of the AE titles it knows, on this machine; each is also its name in the REST API. */
  modalities: Record<string, number>;
  /** The DICOMweb root of the server it calls `fascia`. */
  dicomWeb?: string;
  /** Folder of another system whose Orthanc is run; only root may. */
  root?: string;
}

/** Starts an Orthanc with AE title ORTHANC that lets everybody in. */
export async function startOrthanc(after: (cleanUp: () => void | Promise<void>) => void, options: OrthancOptions) {
  const { root = '' } = options;
  const folder = emptyFolder(after, root === '' ? undefined : join(root, 'tmp'));
  const home = folder.slice(root.length);
  const modalities = Object.entries(options.modalities).map(([AET, Port]) => [AET, { AET, Host: '127.0.0.1', Port }]);
  const configuration = {
    StorageDirectory: home,
    IndexDirectory: home,
    HttpPort: options.httpPort,
    DicomPort: options.dicomPort,
    DicomAet: 'ORTHANC',
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    DicomAlwaysAllowFind: true,
    DicomAlwaysAllowGet: true,
    DicomAlwaysAllowMove: true,
    DicomModalities: Object.fromEntries(modalities),
    Plugins: [DICOMWEB],
    DicomWeb: { Enable: true, Root: '/dicom-web/', Servers: { fascia: { Url: options.dicomWeb ?? '' } } },
  };
  writeFileSync(join(folder, 'orthanc.json'), JSON.stringify(configuration));
  const command = ['Orthanc', join(home, 'orthanc.json')];
  const [program, ...args] = root === '' ? command : ['chroot', root, ...command];
  await serve(after, program!, args, options.httpPort);
  return new Orthanc(`http://127.0.0.1:${options.httpPort}`);
}

export class Orthanc {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await (await this.#ask(path, {})).json()) as Answer;
  }

  /** Posts JSON. */
  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await (await this.#ask(path, { method: 'POST', body: JSON.stringify(body) })).json()) as Answer;
  }

  /** Gives it a Part 10 file; resolves to the name it has for the instance. */
  async keep(file: Uint8Array): Promise<string> {
    const answer = await this.#ask('/instances', { method: 'POST', body: new Uint8Array(file) });
    return ((await answer.json()) as { ID: string }).ID;
  }

  /** Everything it holds. */
  async holdings(): Promise<Given[]> {
    const names = await this.get<string[]>('/instances');
    return Promise.all(
      names.map(async (name) => {
        const answer = await this.#ask(`/instances/${name}/file`, {});
        return instanceIn(new Uint8Array(await answer.arrayBuffer()));
      }),
    );
  }

  async forgetAll(): Promise<void> {
    for (const name of await this.get<string[]>('/patients')) {
      await this.#ask(`/patients/${name}`, { method: 'DELETE' });
    }
  }

  async #ask(path: string, request: RequestInit): Promise<Response> {
    // A connection of its own for each: Orthanc closes idle ones just when the next question may be on its way.
    const answer = await fetch(this.#url + path, { ...request, headers: { ...request.headers, Connection: 'close' } });
    if (!answer.ok) throw new Error(`Orthanc answered ${path} with ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
