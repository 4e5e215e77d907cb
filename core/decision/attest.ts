import { isDecidedAt } from './declared.ts';
import { keepStatement, statementOf } from './statement.ts';
import { gateFor, statingRoles } from '../lifecycle/gate.ts';
import type { Caller, Grant, Principal } from '../permission/principal.ts';
import type { Role } from '../permission/role.ts';
import { loadHeader, lock, missing } from '../record/read/load.ts';
import { statedFile } from '../record/edit/stated-file.ts';
import { act } from '../record/act/act.ts';
import { serverRecord } from '../record/define/work.ts';
import type { RecordData } from '../record/define/data.ts';
import type { Application, ServerRecord, Work } from '../record/define/work.ts';
import { withArticle } from '../refusal/article.ts';
import { done, refusal, refuse, stop } from '../refusal/refusal.ts';

export interface AttestationInput {
  /** In which of one's roles; by default the first that counts here. */
  role?: string | undefined;
  gate?: string | null | undefined;
  title: string;
  statement: string;
  failed?: boolean | undefined;
  fileName?: string | undefined;
  fileHash?: string | undefined;
  /** A file of the record, instead of name and hash of one that lies elsewhere. */
  file?: string | undefined;
  expiresAt?: string | undefined;
}

/** Keeps a statement (or a file's hash) as evidence, by a named person in a named role; shown as attested, never as measured. */
export async function attest(application: Application, caller: Caller, name: string, input: AttestationInput) {
  const outcome = await act(
    application,
    caller,
    { command: 'attest', ...(name.length === 36 ? { id: name } : {}) },
    async (work) => ({ id: await insert(work, name, input) }),
  );
  if (!outcome.ok) return outcome;
  return done(await statementOf(application.pool, caller.principal.providerId, outcome.value.id));
}

async function insert(work: Work, name: string, input: AttestationInput): Promise<string> {
  const { principal } = work.caller;
  const header = await loadHeader(work.client, principal, name);
  if (!header) stop(missing('record', name));
  const record = serverRecord(work.application.registry, header.type);
  const subject = await lock(work, record, header.id);
  const { gate = null, title, statement, failed = false, fileName = null } = input;
  const asked = gate === null ? null : statingAt(work, record, subject, { gate, title });
  const grant = grantUsed(principal, subject, { role: input.role, asked });
  if (input.file && (input.fileHash ?? input.fileName)) stop(refuse('invalid', eitherFile));
  const fileHash = input.file ? await statedFile(work, subject, input.file) : (input.fileHash ?? null);
  const expiresAt = input.expiresAt ? new Date(input.expiresAt).toISOString() : null;
  const customer = grant.side === 'B' ? grant.customer : null;
  const said = { gate, title, statement, failed, fileName, fileHash, role: grant.role, customer, expiresAt };
  return keepStatement(work, record, subject, { said: { ...said, withdraws: null } });
}

/** The roles whose word under that title counts at a gate of the record. */
function statingAt(
  { application: { registry } }: Work,
  { definition }: ServerRecord,
  { customers }: RecordData,
  { gate: code, title }: { gate: string; title: string },
): readonly Role[] {
  const gate = registry.gates.get(code);
  if (!gate) stop(refuse('invalid', noGate(code)));
  if (!isDecidedAt(definition.lifecycle, code))
    stop(
      refuse(
        'invalid',
        refusal(
          'attest.gate',
          `${code} is not decided on ${withArticle(definition.label)}.`,
          'Name a gate of this record, or none.',
          'gate',
        ),
      ),
    );
  return statingRoles(gateFor(gate, customers), title);
}

/** The right in which it is stated: the one named, or the first that counts here. */
function grantUsed(
  principal: Principal,
  subject: RecordData,
  { role, asked }: { role: string | undefined; asked: readonly Role[] | null },
): Grant {
  const held = principal.grants.filter(
    (each) =>
      (each.side === 'P' || each.side === 'B') &&
      (each.customer === null || subject.customers.includes(each.customer)) &&
      (role === undefined || each.role === role),
  );
  if (principal.kind !== 'person' || !held.length)
    stop(
      refuse(
        'forbidden',
        refusal(
          'permission.role',
          role === undefined
            ? 'Evidence is attested by a person with a role on either side.'
            : `You do not hold the role ${role} here.`,
          'Ask someone who holds one.',
        ),
      ),
    );
  const grant = held.find((each) => asked === null || asked.includes(each.role));
  if (!grant)
    stop(
      refuse(
        'forbidden',
        refusal(
          'attest.not-asked',
          `This gate asks ${asked?.join(' or ') ?? 'nobody'} about it, and you hold no such role here.`,
          'Ask one of them to state it; what you know stands well in a note.',
        ),
      ),
    );
  return grant;
}

const noGate = (gate: string) =>
  refusal('attest.gate', `There is no gate ${gate}.`, 'Name the gate that it is evidence for, or none.', 'gate');

const eitherFile = refusal(
  'attest.file',
  'A file of the record has its name and hash already.',
  'Give the file, or the name and hash of one that lies elsewhere.',
  'file',
);
