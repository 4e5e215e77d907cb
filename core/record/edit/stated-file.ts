import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import { isAfter, seenSince } from '../read/since.ts';
import type { RecordData } from '../define/data.ts';
import { facetsOf, saidInFacets } from '../../permission/facet.ts';
import { seesProvider } from '../../permission/scope.ts';
import { missing } from '../read/load.ts';
import type { Work } from '../define/work.ts';

/**
 * The hash of a file of a locked record that somebody states as evidence: what is stated binds to its bytes, and it cannot be
 * removed any more. Refuses by `stop`.
 */
export async function statedFile(
  work: Work,
  record: Pick<RecordData, 'providerId' | 'id'>,
  file: string,
): Promise<string> {
  const { principal } = work.caller;
  const { rows } = await work.client.query<{ sha256: string; audience: string; gone: string | null; said: boolean }>(
    `select sha256, audience, gone, ${saidInFacets({ provider: '$1', person: 'given_by' }, '$4')} as said
     from core.file
     where provider_id = $1
       and record_id = $2
       and id = $3
       and ${isAfter('at', '$5')}`,
    [record.providerId, record.id, file, facetsOf(principal), await seenSince(work.client, principal, record)],
  );
  const found = rows[0];
  const isHidden = found?.audience === 'internal' && !seesProvider(principal);
  if (!found?.said || isHidden) stop(missing('file', file));
  if (found.audience === 'internal') stop(refuse('refused', internal));
  if (found.gone) stop(refuse('refused', gone));
  return found.sha256;
}

const internal = refusal(
  'file.internal-evidence',
  'Evidence is read by both sides, and this file is for the provider alone.',
  'Give it again as a public file, or state without it.',
  'file',
);

const gone = refusal(
  'file.gone-evidence',
  'Its bytes are gone, so nothing can rest on it.',
  'Give the file again.',
  'file',
);
