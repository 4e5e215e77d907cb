/** What keeps the database from doing its work, which passes: it does not answer, or its disk has no room. */
export type DatabaseFault = 'unavailable' | 'full';

/** SQLSTATE classes and codes: connection exceptions, shutting down, crashed, starting, too many connections. */
const away = /^(?:08|57P0[1-5]$|53300$)/;
const awayOfNode = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);
/** What the driver says, which gives these no code. */
const awayInWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Tells whether an error is such a fault; undefined for any other, which is a bug. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '53100' || code === 'ENOSPC') return 'full';
  const isSocketGone = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  if (away.test(code) || awayOfNode.has(code) || isSocketGone || awayInWords.test(error.message)) return 'unavailable';
  return undefined;
}
