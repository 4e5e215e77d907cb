// An import from the file to its start: nothing is written before that.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { reasonsOf, write } from '../api.ts';
import { DraftNote } from '../draft-note.tsx';
import { Go, useGo } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { EmptyPlace, Reasons, RefusedPlace, Waiting } from '../states.tsx';
import type { Preview as Previewed, RunReply, Wanted } from './contract.ts';
import { FileStep } from './file-step.tsx';
import { MappingStep } from './mapping-step.tsx';
import { Preview } from './preview.tsx';
import { useWanted } from './use-wanted.ts';
import styles from './import.module.css';

const bodyOf = ({ upload, ...rest }: Wanted) => ({ upload: upload?.id, ...rest });

/** A look ahead, which is of what stood there when one looked: an edit asks for another. */
function useLookAhead(wanted: Wanted) {
  const look = useMutation({
    mutationFn: async () => {
      const of = JSON.stringify(wanted);
      return { of, preview: await write<Previewed>('POST', '/import-previews', bodyOf(wanted)) };
    },
  });
  const isOfNow = look.data?.of === JSON.stringify(wanted);
  return { look, preview: isOfNow ? look.data?.preview : undefined };
}

export function NewImport() {
  usePageTitle('New import');
  const go = useGo();
  const client = useQueryClient();
  const { types, wanted, definition, look: columns, draft, edit, editMapping, guess } = useWanted();
  const { look, preview } = useLookAhead(wanted);
  const start = useMutation({
    mutationFn: () => write<RunReply>('POST', '/imports', bodyOf(wanted)),
    onSuccess: async ({ import: run }) => {
      draft.clear();
      await client.invalidateQueries({ queryKey: ['imports'] });
      go(`/imports/${run.id}`);
    },
  });
  if (!definition) return <EmptyPlace sentence="No record type takes an import." />;
  const fits = preview !== undefined && preview.faults.length === 0;
  return (
    <div className={styles.page}>
      <p className={styles.crumb}>
        <Go to="/imports">Imports</Go>
      </p>
      <h1>New import</h1>
      <DraftNote shown={draft.restored} onDiscard={draft.clear} />
      <FileStep types={types} definition={definition} wanted={wanted} onEdit={edit} />
      {wanted.upload && columns.isPending && <Waiting what="Reading the columns" />}
      {wanted.upload && columns.isError && <RefusedPlace error={columns.error} again={() => columns.refetch()} />}
      {columns.data && (
        <>
          <MappingStep
            definition={definition}
            columns={columns.data.columns}
            mapping={wanted.mapping}
            onEdit={editMapping}
            onGuess={guess}
          />
          <section aria-labelledby="ahead" className={styles.section}>
            <h2 id="ahead">What would come of it</h2>
            <div className={styles.actions}>
              <Button variant={fits ? 'default' : 'filled'} loading={look.isPending} onClick={() => look.mutate()}>
                Look at the first records
              </Button>
              <Button
                variant={fits ? 'filled' : 'default'}
                disabled={!fits}
                loading={start.isPending}
                onClick={() => start.mutate()}
              >
                Start the import
              </Button>
            </div>
            {look.isError && <Reasons refusals={reasonsOf(look.error)} title="It cannot be looked at yet" />}
            {start.isError && <Reasons refusals={reasonsOf(start.error)} title="Not started" />}
            {preview && <Preview definition={definition} preview={preview} />}
          </section>
        </>
      )}
    </div>
  );
}
