// On a release or early life support: what the business does without, and the way to ask for that.
import { Go } from '../../../core/ui/go.tsx';
import { useMe } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';

/** The criteria that are not met, by name. */
function unmetIn(criteria: unknown): string[] {
  const rows: readonly unknown[] = Array.isArray(criteria) ? criteria : [];
  return rows.flatMap((each) =>
    typeof each === 'object' &&
    each !== null &&
    'state' in each &&
    each.state === 'unmet' &&
    'criterion' in each &&
    typeof each.criterion === 'string'
      ? [each.criterion]
      : [],
  );
}

const proposal = (subject: string, criterion: string) =>
  `/criterion-waivers/new?${new URLSearchParams({ subject, criterion, title: `Without ${criterion}` })}`;

export function Panel({ read: { record, links }, asOf }: PanelProps) {
  const me = useMe();
  const waivers = links.filter(({ type, direction }) => type === 'waives' && direction === 'in');
  const unmet = unmetIn(record.fields['criteria']);
  const mayPropose = !asOf && me.data?.creates.includes('criterion-waiver') === true;
  return (
    <>
      <p className="quiet">
        {unmet.length
          ? 'A criterion that is not met closes the gate, unless the business decides to do without it until a day.'
          : 'Every criterion is met: nothing has to be waived.'}
      </p>
      <ul>
        {waivers.map(({ id, other }) => (
          <RecordRow key={id} record={other} text={null} />
        ))}
      </ul>
      {mayPropose && unmet.length > 0 && (
        <ul>
          {unmet.map((criterion) => (
            <li key={criterion}>
              <Go to={proposal(record.id, criterion)}>Propose to do without {criterion}</Go>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
