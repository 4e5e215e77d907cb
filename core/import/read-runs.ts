// Imports as they are shown: how far each is, what it did, and what it did not take.
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { instantText } from '../names/forms.ts';
import type { Caller, Principal } from '../permission/principal.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import type { Application } from '../record/define/work.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { csvCell } from './csv-cell.ts';
import { rejectsAfter } from './rejects.ts';
import { isUnderWay, mayResume, runOf } from './serve.ts';
import { runsBefore } from './runs.ts';
import type { Run } from './runs.ts';

export async function runShown(application: Application, { principal }: Caller, id: string) {
  const run = shown(await runOf(application, principal, id));
  return {
    import: run,
    names: await namesOf(application.pool, principal, idsIn([run.given, run.customer, run.startedBy, run.takenBackBy])),
  };
}

interface Page {
  limit: number;
  cursor?: string | undefined;
}

export async function runPage({ pool }: Application, { principal }: Caller, { limit, cursor }: Page) {
  if (cursor !== undefined && !instantText.safeParse(cursor).success) stop(noCursor);
  const found = await runsBefore(pool, principal.providerId, { before: cursor ?? 'infinity', limit: limit + 1 });
  const items = found.slice(0, limit).map(shown);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.startedAt ?? null) : null,
    names: await namesOf(
      pool,
      principal,
      idsIn(items.map(({ given, customer, startedBy, takenBackBy }) => [given, customer, startedBy, takenBackBy])),
    ),
  };
}

export async function rejectsPage(application: Application, principal: Principal, id: string, { limit, cursor }: Page) {
  const { id: run } = await runOf(application, principal, id);
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) stop(noCursor);
  const of = { providerId: principal.providerId, run };
  const found = await rejectsAfter(application.pool, of, { after: Number(cursor ?? 0), limit: limit + 1 });
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? String(items.at(-1)?.line ?? '') : null };
}

const noCursor = refuse(
  'invalid',
  refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
);

/** What a run did not take, as a file that a spreadsheet opens and takes nothing in it for a formula. */
export async function csvOf(
  application: Application,
  principal: Principal,
  id: string,
  reply: FastifyReply,
): Promise<Readable> {
  const { id: run } = await runOf(application, principal, id);
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="import-rejects.csv"')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
  return Readable.from(linesOf(application, { providerId: principal.providerId, run }));
}

const page = 1000;

async function* linesOf({ pool }: Application, of: { providerId: string; run: string }): AsyncGenerator<string> {
  yield '\ufeffline,key,reason\r\n';
  let after = 0;
  for (;;) {
    const rejects = await rejectsAfter(pool, of, { after, limit: page });
    yield rejects.map(({ line, key, reason }) => `${line},${csvCell(key)},${csvCell(reason)}\r\n`).join('');
    const last = rejects.at(-1);
    if (!last || rejects.length < page) return;
    after = last.line;
  }
}

function shown(run: Run) {
  const {
    id,
    type,
    system: source,
    mapping,
    fileName,
    fileHash,
    fileBytes,
    customer,
    startedBy,
    startedAt,
    endedAt,
  } = run;
  const {
    bytesRead,
    rowsRead,
    rows: rowsDone,
    records,
    made,
    updated,
    unchanged,
    parties,
    deviations,
    firstAt,
    lastAt,
  } = run;
  const { takenBackAt, takenBackBy, takenBackReason } = run;
  return {
    id,
    type,
    source,
    mapping,
    fileName,
    fileHash,
    fileBytes,
    given: run.given as Record<string, string>, // ids, as they were given
    customer,
    state: isUnderWay(run) && !run.isHeld ? ('broken_off' as const) : run.state,
    mayResume: mayResume(run),
    startedBy,
    startedAt,
    endedAt,
    faults: run.fault ?? [],
    bytesRead,
    rowsRead,
    rowsDone,
    secondsLeft: secondsLeft(run),
    records,
    made,
    updated,
    unchanged,
    rejected: run.unreadable + run.leftOut,
    parties,
    deviations,
    firstAt,
    lastAt,
    takenBackAt,
    takenBackBy,
    takenBackReason,
  };
}

function secondsLeft({ state, isHeld, rows, rowsRead, unreadable, writingFrom, writingSeconds }: Run): number | null {
  const done = rows - (writingFrom ?? 0);
  if (state !== 'writing' || !isHeld || done <= 0 || writingSeconds === null) return null;
  return Math.ceil((Math.max(rowsRead - unreadable - rows, 0) * writingSeconds) / done);
}
