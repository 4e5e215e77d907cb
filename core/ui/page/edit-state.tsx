// Beneath a field: what became of an edit of it that is not saved.
import { Button } from '@mantine/core';
import { IconCloudOff, IconPencil } from '@tabler/icons-react';
import type { Field } from '../../record/define/fields.ts';
import type { Altered } from '../../refusal/refusal.ts';
import { reasonsOf } from '../api.ts';
import { reachable } from '../connection.ts';
import type { Names } from '../contract.ts';
import { FieldValue } from '../form/field-value.tsx';
import { Reasons } from '../states.tsx';
import { useStore } from '../store.ts';
import { When } from '../when.tsx';
import styles from './page.module.css';
import type { FieldEdit } from './use-field-edit.ts';

interface EditStateProps {
  edit: FieldEdit;
  field: Field;
  names: Names;
}

/** Nothing while nothing is on the way; else the wait, the draft, the question or the refusal, with what was typed. */
export function EditState(props: EditStateProps) {
  const { edit } = props;
  if (edit.pending) return <OnTheWay {...props} />;
  if (edit.editing) return null;
  if (edit.conflict) return <Asked {...props} />;
  if (edit.error) return <Refused {...props} />;
  return edit.draft ? <Kept {...props} /> : null;
}

function Mine({ edit, field, names }: EditStateProps) {
  return (
    <q>
      <FieldValue short field={field} value={edit.shown} names={names} />
    </q>
  );
}

function OnTheWay({ edit, field, names }: EditStateProps) {
  const alive = useStore(reachable);
  if (alive) return null;
  return (
    <p className={styles.waits} role="status">
      <IconCloudOff size={14} aria-hidden /> Waits for the server, not saved yet:{' '}
      <Mine edit={edit} field={field} names={names} />
    </p>
  );
}

function Kept({ edit, field, names }: EditStateProps) {
  return (
    <div className={styles.refused}>
      <p className="small">
        <IconPencil size={12} aria-hidden /> A draft of yours, not saved:{' '}
        <Mine edit={edit} field={field} names={names} />
      </p>
      <div className={styles.editingFoot}>
        <Button size="compact-sm" variant="default" onClick={edit.begin}>
          Go on editing
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={edit.discard}>
          Discard the draft
        </Button>
      </div>
    </div>
  );
}

function Refused({ edit, field, names }: EditStateProps) {
  return (
    <div className={styles.refused}>
      <Reasons refusals={reasonsOf(edit.error)} title="Not saved" />
      <p className="small">
        You had typed: <Mine edit={edit} field={field} names={names} />
      </p>
      <div className={styles.editingFoot}>
        <Button size="compact-sm" variant="default" onClick={edit.begin}>
          Go on editing
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={edit.discard}>
          Leave it
        </Button>
      </div>
    </div>
  );
}

const who = ({ byName }: Altered) => byName ?? 'Somebody';

/** Somebody else altered the same field since the editor was opened: nothing is overwritten, the reader says which stands. */
function Asked({ edit, field, names }: EditStateProps) {
  const { theirs, decided } = edit.conflict ?? {};
  const by = theirs ?? decided;
  return (
    <div className={styles.asked} role="group" aria-label={`Two edits of ${field.label}`}>
      {by && (
        <strong role="alert">
          {who(by)} {theirs ? 'altered this' : 'decided on this'} while you were editing, <When at={by.at} />. Nothing
          is overwritten.
        </strong>
      )}
      <dl>
        {theirs && (
          <div>
            <dt>Theirs, as it stands</dt>
            <dd>
              <FieldValue field={field} value={theirs.value} names={names} />
            </dd>
          </div>
        )}
        <div>
          <dt>Yours, not saved</dt>
          <dd>
            <FieldValue field={field} value={edit.shown} names={names} />
          </dd>
        </div>
      </dl>
      {decided && <p className="small">Saving yours ends that decision: it was made on what stands now.</p>}
      <div className={styles.editingFoot}>
        <Button size="compact-sm" variant="default" onClick={edit.discard}>
          {theirs ? 'Keep theirs' : 'Leave it'}
        </Button>
        <Button size="compact-sm" variant="default" onClick={edit.sendMine}>
          Save mine
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={edit.begin}>
          Go on editing
        </Button>
      </div>
    </div>
  );
}
