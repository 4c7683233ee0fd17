// `fascia bench`: the numbers, taken on this machine. Without a name the shared benches run with Fascia beside its peers;
// with one a bench of ours runs alone.

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearest } from '../base/nearest.ts';
import { type Command, UsageError } from './command.ts';

const folder = join(import.meta.dirname, '../../bench');

export const bench: Command = {
  arguments: '[NAME…]',
  summary: 'measure this machine: all servers side by side, or one bench of ours by name',
  details:
    'Without a name: the shared benches (FASCIA_SHARED) with every server in turn; needs DCMTK, Orthanc and wrk.\n' +
    'b1 … b8 choose among them. Another name runs bench/NAME.ts.',
  arity: [0, 20],
  async run(names) {
    const [first] = names;
    if (first === undefined || /^b\d$/.test(first)) return exitCode(join(folder, 'side-by-side.sh'), names);
    const ours = globSync('*.ts', { cwd: folder }).map((file) => basename(file, '.ts'));
    if (!ours.includes(first)) {
      const meant = nearest(first, ours);
      throw new UsageError(
        `no bench ${first}${meant ? `; did you mean ${meant}?` : ''} (there are ${ours.join(', ')})`,
      );
    }
    return exitCode(process.execPath, [join(folder, `${first}.ts`), ...names.slice(1)]);
  },
};

function exitCode(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
