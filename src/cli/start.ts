// `fascia start`: a node in the foreground. Stdout gets the table for the person who started it; the log goes to stderr, or
// to a file in the data folder while stderr is a terminal.

import { join } from 'node:path';
import { type Config, ConfigError, loadConfig } from '../base/config.ts';
import { type SettingName, settingNames, settingOf } from '../base/config-schema.ts';
import { printListenAddress } from '../base/listen-address.ts';
import { type Log, openLog } from '../base/log.ts';
import { type FasciaNode, startNode } from '../server/node.ts';
import { type Command, CommandError, type Option, type OptionValues } from './command.ts';
import { columns } from './help.ts';

const limits = {
  /** A stop that takes longer is cut short; whoever sent SIGTERM waits ten seconds at most. */
  stopMs: 9_500,
};

/** `databaseUrl` → `database-url`. */
const optionName = (setting: SettingName): string => setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const options: Record<string, Option> = Object.fromEntries(
  settingNames.map((name) => {
    const { description } = settingOf(name);
    return [optionName(name), { type: 'string', value: name.toUpperCase(), description }];
  }),
);

export const start: Command = {
  summary: 'a node: archive, DIMSE, DICOMweb, FHIR and HL7 v2 doors, until SIGTERM or Ctrl-C',
  options,
  arity: [0, 0],
  async run(_args, values) {
    const { config, warnings } = loadConfig({ commandLine: commandLine(values) });
    const toTerminal = process.stderr.isTTY === true;
    const log = openLog({ level: config.logLevel, to: toTerminal ? join(config.data, 'logs/fascia.log') : undefined });
    for (const warning of warnings) process.stderr.write(`${warning}\n`);
    const starting = startNode(config, log);
    // From here on: who stops a node that is still starting must not leave its database behind.
    const stopped = stopOnSignal(starting, log);
    const node = await starting.catch((error) => {
      if (error instanceof ConfigError) throw error;
      log.error({ error }, 'start failed');
      throw new CommandError(`cannot start: ${(error as Error).message}`);
    });
    process.stdout.write(table(config, node));
    process.stdout.write(`ready in ${(performance.now() / 1000).toFixed(1)} s\n`);
    return stopped;
  },
};

function commandLine(values: OptionValues): Partial<Record<SettingName, string>> {
  const given = settingNames.filter((name) => typeof values[optionName(name)] === 'string');
  return Object.fromEntries(given.map((name) => [name, values[optionName(name)]]));
}

function table(
  config: Config,
  { httpAddress, dicomAddress, dicomTlsAddress, mllpAddress, signInPath }: FasciaNode,
): string {
  const url = `http${config.httpTls === undefined ? '' : 's'}://${printListenAddress(httpAddress)}`;
  const onlyTls = config.dicomTls !== undefined && dicomTlsAddress === undefined;
  const rows = [
    ['DIMSE', `${config.aet} at ${printListenAddress(dicomAddress)}${onlyTls ? ' by TLS' : ''}`],
    ...(dicomTlsAddress ? [['DIMSE by TLS', `${config.aet} at ${printListenAddress(dicomTlsAddress)}`]] : []),
    ['HL7 v2', `mllp${config.mllpTls === undefined ? '' : 's'}://${printListenAddress(mllpAddress)}`],
    ['DICOMweb', `${url}/dicomweb`],
    ['FHIR', `${url}/fhir/R4`],
    ['REST', `${url}/api/v1 (${url}/api/v1/openapi.json)`],
    ['data', config.data],
  ];
  if (signInPath !== undefined) rows.push(['sign in', `${url}${signInPath} (once, within 15 minutes)`]);
  else rows.push(['sign in', 'not needed: FASCIA_AUTH=off']);
  return `${columns(rows, '')}
To receive from a modality, listen where it can reach you and let it in:
  FASCIA_DICOM=0.0.0.0:11112 npm start
  ./fascia peer add ITS_AE_TITLE ITS_ADDRESS:PORT
`;
}

/** Resolves to the exit code once the node has stopped. Further signals change nothing: it is stopping already. */
function stopOnSignal(starting: Promise<FasciaNode>, log: Log): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (reason: string, code: number) => {
      if (stopping) return;
      stopping = true;
      log.info({ reason }, 'stopping');
      setTimeout(() => {
        log.error({ limit: limits.stopMs }, 'stopping took too long');
        process.exit(1);
      }, limits.stopMs).unref();
      starting
        .then((node) => node.close())
        .then(
          () => resolve(code),
          (error) => {
            log.error({ error }, 'stopping failed');
            resolve(1);
          },
        );
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal, 0));
    // A broken invariant: what is durable stays so, the rest is taken up again at the next start.
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        log.error({ error }, event);
        stop(event, 1);
      });
    }
  });
}
