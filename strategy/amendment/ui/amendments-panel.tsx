// On an outcome: what was asked to stand instead of what was agreed, and the way to ask it.
import { Go } from '../../../core/ui/go.tsx';
import { useMe } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';

export function Panel({ read: { record, links }, asOf }: PanelProps) {
  const me = useMe();
  const amendments = links.filter(({ type, direction }) => type === 'amends' && direction === 'in');
  const mayPropose = !asOf && record.state === 'agreed' && me.data?.creates.includes('outcome-amendment') === true;
  return (
    <>
      {record.state === 'agreed' && (
        <p className="quiet">
          The business agreed to this outcome. What it says is altered by an amendment that the business decides.
        </p>
      )}
      {record.state === 'stated' && <p className="quiet">Nobody has agreed to it yet: it can be edited.</p>}
      <ul>
        {amendments.map(({ id, other }) => (
          <RecordRow key={id} record={other} text={null} />
        ))}
      </ul>
      {mayPropose && (
        <p>
          <Go
            to={`/outcome-amendments/new?${new URLSearchParams({ outcome: record.id, title: `Amend: ${record.title}`, kind: 'amend' })}`}
          >
            Propose an amendment
          </Go>
        </p>
      )}
    </>
  );
}
