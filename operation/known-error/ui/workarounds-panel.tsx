// On an incident: known errors that it looks like, with what helps, and problems that may have caused it.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { newKey, reasonsOf, write } from '../../../core/ui/api.ts';
import { say } from '../../../core/ui/notice.tsx';
import { useAnswer } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { Reasons, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import type { useOutcome, workaroundsView } from '../views.ts';
import { lookup } from '../../../core/names/lookup.ts';

type Outcome = z.infer<typeof useOutcome>;

const told: Readonly<Record<Outcome, string>> = lookup({ worked: 'it worked here', failed: 'it did not help here' });

export function Panel({ read: { record }, asOf }: PanelProps) {
  const client = useQueryClient();
  const path = `/incidents/${record.id}/workarounds`;
  const answer = useAnswer<z.infer<typeof workaroundsView>>(['workarounds', record.id], path, { live: true });
  const renewed = () => client.invalidateQueries();
  const use = useMutation({
    mutationFn: (body: { knownError: string; outcome: Outcome }) => write('POST', path, body, newKey()),
    onSuccess: async (_reply, { outcome }) => {
      say(outcome === 'worked' ? 'Recorded: it worked.' : 'Recorded: it did not help.');
      await renewed();
    },
  });
  const join = useMutation({
    mutationFn: (to: string) => write('POST', '/links', { type: 'causedBy', from: record.id, to }),
    onSuccess: async () => {
      say('Joined to the problem.');
      await renewed();
    },
  });
  if (answer.isPending) return <Waiting what="Looking for known errors" lines={3} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { knownErrors, problems, mayUse } = answer.data;
  const acts = mayUse && !asOf;
  if (knownErrors.length + problems.length === 0)
    return <p className="quiet">No known error or open problem of this service looks like it.</p>;
  return (
    <>
      {use.isError && <Reasons refusals={reasonsOf(use.error)} title="Not recorded" />}
      {join.isError && <Reasons refusals={reasonsOf(join.error)} title="Not joined" />}
      <ul aria-label="Known errors">
        {knownErrors.map(({ record: each, workaround, because, used }) => (
          <RecordRow key={each.id} record={each} text={workaround}>
            {!workaround && <p className="quiet">No workaround is known yet.</p>}
            <p className="quiet small">{[...because, ...(used ? [told[used]] : [])].join(', ')}</p>
            {acts && workaround && !used && (
              <Button.Group>
                {(['worked', 'failed'] as const).map((outcome) => (
                  <Button
                    key={outcome}
                    variant="default"
                    size="compact-sm"
                    loading={use.isPending}
                    onClick={() => use.mutate({ knownError: each.id, outcome })}
                  >
                    {outcome === 'worked' ? 'It worked' : 'It did not help'}
                  </Button>
                ))}
              </Button.Group>
            )}
          </RecordRow>
        ))}
      </ul>
      <ul aria-label="Problems">
        {problems.map(({ record: each, because }) => (
          <RecordRow key={each.id} record={each}>
            <p className="quiet small">{because.join(', ')}</p>
            {acts && (
              <Button variant="default" size="compact-sm" loading={join.isPending} onClick={() => join.mutate(each.id)}>
                Caused by it
              </Button>
            )}
          </RecordRow>
        ))}
      </ul>
    </>
  );
}
