// On a problem: its known errors with their workarounds, and the way to write one.
import type { Header } from '../../../core/ui/contract.ts';
import { Go } from '../../../core/ui/go.tsx';
import { useMe, useRecord } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';

function KnownError({ header }: { header: Header }) {
  const { data } = useRecord('known-errors', header.id);
  const { workaround, usageCount } = data?.record.fields ?? {};
  const times = typeof usageCount === 'number' ? usageCount : 0;
  return (
    <RecordRow record={header} text={typeof workaround === 'string' ? workaround : null}>
      {data && (
        <p className="quiet small">
          {workaround ? `Used on ${times} ${times === 1 ? 'incident' : 'incidents'}.` : 'No workaround is known yet.'}
        </p>
      )}
    </RecordRow>
  );
}

export function Panel({ read: { record, links }, asOf }: PanelProps) {
  const me = useMe();
  const errors = links.filter(({ type, direction }) => type === 'knownErrorOf' && direction === 'in');
  const mayWrite = !asOf && me.data?.creates.includes('known-error') === true;
  return (
    <>
      {errors.length === 0 && <p className="quiet">No workaround and no known error is written for it yet.</p>}
      <ul>
        {errors.map(({ id, other }) => (
          <KnownError key={id} header={other} />
        ))}
      </ul>
      {mayWrite && (
        <p>
          <Go to={`/known-errors/new?${new URLSearchParams({ problem: record.id, title: record.title })}`}>
            Write a known error
          </Go>
        </p>
      )}
    </>
  );
}
