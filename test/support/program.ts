// Programs of other people, run to their end or beside the test.

import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { findProgram } from './needs.ts';

const limits = {
  /** A server that has not begun to listen by then never will. */
  startMs: 30_000,
  pauseMs: 20,
};

export interface Ended {
  code: number | null;
  /** Of stdout and stderr, as they came. */
  output: string;
}

export interface RunOptions {
  cwd?: string;
  environment?: Record<string, string>;
}

/** DCMTK waits for delayed acknowledgements without TCP_NODELAY. */
const environment = (more: Record<string, string> = {}) => ({ ...process.env, TCP_NODELAY: '1', ...more });

/** Runs a program to its end. */
export function run(name: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(findProgram(name) ?? name, args, {
      cwd: options.cwd,
      env: environment(options.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk.toString('latin1');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The output of a program that must end well. */
export async function succeed(name: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, output } = await run(name, args, options);
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${output.slice(-4000)}`);
  return output;
}

/** Starts a server, waits until `port` takes connections, and stops it when the test ends. */
export async function serve(
  after: (cleanUp: () => Promise<void>) => void,
  name: string,
  args: readonly string[],
  port: number,
  options: RunOptions = {},
): Promise<void> {
  const child = spawn(findProgram(name) ?? name, args, {
    cwd: options.cwd,
    env: environment(options.environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4000);
    });
  let code: number | null | undefined;
  const ended = new Promise<void>((resolve) =>
    child.on('close', (status) => {
      code = status;
      resolve();
    }),
  );
  after(() => {
    child.kill('SIGTERM');
    return ended;
  });
  const deadline = performance.now() + limits.startMs;
  while (!(await takesConnections(port))) {
    if (code !== undefined || performance.now() > deadline) throw new Error(`${name} does not listen:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, limits.pauseMs));
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
