// `fascia COMMAND …`: finds the command, reads its options, runs it. Exit codes: 0 fine, 1 failed, 2 bad usage or
// configuration. Stdout belongs to the command's answer; everything else goes to stderr.

import { parseArgs } from 'node:util';
import { ConfigError } from '../base/config.ts';
import { nearest } from '../base/nearest.ts';
import { Problem } from '../base/problem.ts';
import { type Command, CommandError, type CommandTable, parseOptions, UsageError } from './command.ts';
import { commandHelp, overview } from './help.ts';

/** Each command is loaded when it is called, so that `fascia dump` does not wait for the server's modules. */
export const commands: CommandTable = {
  start: async () => (await import('./start.ts')).start,
  dump: async () => (await import('./dump.ts')).dump,
  trace: async () => (await import('./trace.ts')).trace,
  explain: async () => (await import('./explain.ts')).explain,
  'config explain': async () => (await import('./config-explain.ts')).configExplain,
  echo: async () => (await import('./echo.ts')).echo,
  'peer add': async () => (await import('./peer.ts')).peerAdd,
  'peer list': async () => (await import('./peer.ts')).peerList,
  'peer remove': async () => (await import('./peer.ts')).peerRemove,
  'destination add': async () => (await import('./destination.ts')).destinationAdd,
  'destination list': async () => (await import('./destination.ts')).destinationList,
  'destination pause': async () => (await import('./destination.ts')).destinationPause,
  'destination resume': async () => (await import('./destination.ts')).destinationResume,
  deliveries: async () => (await import('./destination.ts')).deliveries,
  'deliveries replay': async () => (await import('./destination.ts')).deliveriesReplay,
  'rules put': async () => (await import('./rules-in-force.ts')).rulesPut,
  'rules get': async () => (await import('./rules-in-force.ts')).rulesGet,
  'rules versions': async () => (await import('./rules-in-force.ts')).rulesVersions,
  'rules activate': async () => (await import('./rules-in-force.ts')).rulesActivate,
  'rules dry-run': async () => (await import('./rules-in-force.ts')).rulesDryRun,
  'token create': async () => (await import('./token.ts')).tokenCreate,
  'token list': async () => (await import('./token.ts')).tokenList,
  'token revoke': async () => (await import('./token.ts')).tokenRevoke,
  'hl7 test': async () => (await import('./hl7.ts')).hl7Test,
  'hl7 send': async () => (await import('./hl7.ts')).hl7Send,
  import: async () => (await import('./import.ts')).importFolder,
  export: async () => (await import('./export.ts')).exportStudy,
  verify: async () => (await import('./verify.ts')).verify,
  'viewer install': async () => (await import('./viewer.ts')).viewerInstall,
  'identity batch': async () => (await import('./identity-batch.ts')).identityBatch,
  'identity explain': async () => (await import('./identity.ts')).identityExplain,
  'identity merge': async () => (await import('./identity.ts')).identityMerge,
  'identity unmerge': async () => (await import('./identity.ts')).identityUnmerge,
  'identity model': async () => (await import('./identity-model.ts')).identityModel,
  'rules check': async () => (await import('./rules.ts')).rulesCheck,
  'rules explain': async () => (await import('./rules.ts')).rulesExplain,
  'rules test': async () => (await import('./rules.ts')).rulesTest,
  'rules compare': async () => (await import('./rules.ts')).rulesCompare,
  'normalise procedures': async () => (await import('./normalise-table.ts')).normaliseProcedures,
  'normalise mr-series': async () => (await import('./normalise-table.ts')).normaliseMrSeries,
  'normalise ct-series': async () => (await import('./normalise-table.ts')).normaliseCtSeries,
  'normalise discover': async () => (await import('./normalise-discover.ts')).normaliseDiscover,
  'normalise series': async () => (await import('./normalise-series.ts')).normaliseSeries,
  'normalise review': async () => (await import('./normalise-answers.ts')).normaliseReview,
  'normalise answer': async () => (await import('./normalise-answers.ts')).normaliseAnswer,
  'normalise answers': async () => (await import('./normalise-answers.ts')).normaliseAnswers,
  'normalise retract': async () => (await import('./normalise-answers.ts')).normaliseRetract,
  'normalise model': async () => (await import('./normalise-model.ts')).normaliseModel,
  'reading contract': async () => (await import('./reading-terms.ts')).readingContract,
  'reading reader': async () => (await import('./reading-terms.ts')).readingReader,
  'reading site': async () => (await import('./reading-terms.ts')).readingSite,
  'reading vault': async () => (await import('./reading-vault.ts')).readingVault,
  'reading roster': async () => (await import('./reading-terms.ts')).readingRoster,
  deidentify: async () => (await import('./deidentify.ts')).deidentify,
  simulate: async () => (await import('./simulate.ts')).simulate,
  bench: async () => (await import('./bench.ts')).bench,
};

// `fascia dump FILE | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = tell(error);
}

async function run(words: string[]): Promise<number> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help' || words[0] === '-h') {
    process.stdout.write(await overview(commands, words[0] === 'help' ? words[1] : undefined));
    return words.length === 0 ? 2 : 0;
  }
  const name = commandName(words);
  const command = await commands[name]!();
  const { values, positionals } = readOptions(name, command, words.slice(name.split(' ').length));
  if (values.help) {
    process.stdout.write(commandHelp(name, command));
    return 0;
  }
  const [least, most] = command.arity;
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(`usage: fascia ${name} ${command.arguments ?? ''}`.trimEnd());
  }
  return (await command.run(positionals, values)) ?? 0;
}

function commandName(words: string[]): string {
  const two = words.slice(0, 2).join(' ');
  if (two in commands) return two;
  const one = words[0]!;
  if (one in commands) return one;
  const family = Object.keys(commands).filter((name) => name.startsWith(`${one} `));
  if (family.length > 0) {
    throw new UsageError(`fascia ${one} needs one of: ${family.map((name) => name.slice(one.length + 1)).join(', ')}`);
  }
  const firstWords = Object.keys(commands).map((name) => name.split(' ')[0]!);
  const meant = nearest(one, firstWords);
  throw new UsageError(`no command ${one}${meant ? `; did you mean ${meant}?` : ''} (fascia --help lists them)`);
}

function readOptions(name: string, command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: parseOptions(command), allowPositionals: true, strict: true });
  } catch (error) {
    const unknown = /^Unknown option '--?([^'=]+)/.exec((error as Error).message)?.[1];
    if (unknown === undefined) throw new UsageError((error as Error).message);
    const meant = nearest(unknown, [...Object.keys(command.options ?? {}), 'help']);
    throw new UsageError(`fascia ${name} has no option --${unknown}${meant ? `; did you mean --${meant}?` : ''}`);
  }
}

function tell(error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const expected = error instanceof CommandError || error instanceof Problem;
  process.stderr.write(`${expected ? error.message : ((error as Error)?.stack ?? String(error))}\n`);
  return 1;
}
