// postgresql.conf of the embedded server, rewritten at every start. What is not named here is PostgreSQL's default.

export type Settings = Readonly<Record<string, string | number>>;

export const settings: Settings = {
  // Reached by its unix socket alone; the socket's folder is closed to everybody else.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: 40,
  // A statement of a node that died must not hold its locks against the next one, nor a forgotten transaction the feed.
  client_connection_check_interval: '1s',
  idle_in_transaction_session_timeout: '5min',

  // An instance is acknowledged only after its row was synced.
  fsync: 'on',
  synchronous_commit: 'on',
  // Full page images are most of the WAL of an insert-heavy catalogue.
  wal_compression: 'on',
  wal_buffers: '16MB',
  // Few checkpoints, spread out: a checkpoint under load costs a fifth of the ingest rate.
  checkpoint_timeout: '15min',
  checkpoint_completion_target: 0.9,
  max_wal_size: '3GB',
  // Segments kept for reuse, so that a disk that fills up does not stop the server at its next segment.
  min_wal_size: '256MB',

  shared_buffers: '192MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: 1.1,
  // Our statements are short: compiling one costs more than running it.
  jit: 'off',
  max_parallel_workers_per_gather: 0,

  // Tables that only grow: visibility maps and statistics must follow the inserts, not wait for a fifth of the table.
  autovacuum_naptime: '20s',
  autovacuum_max_workers: 2,
  autovacuum_vacuum_insert_scale_factor: 0.05,
  autovacuum_analyze_scale_factor: 0.02,
  autovacuum_vacuum_scale_factor: 0.05,

  // An error names the offending value and belongs to the client; the log holds what happened to the server.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: -1,
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  timezone: 'UTC',
  datestyle: 'iso, ymd',
};

/** The file's text; values are quoted, quotes in them doubled. */
export function configurationFile(values: Settings): string {
  const lines = Object.entries(values).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  return `# Written by Fascia at every start.\n${lines.join('\n')}\n`;
}

/** Who may connect: whoever can open the socket. */
export const hostBasedAuthentication = 'local all all trust\n';
