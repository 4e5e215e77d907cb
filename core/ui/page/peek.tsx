import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { useKeys } from '../keys.ts';
import { useRecord } from '../queries.ts';
import { RefusedPlace, Waiting } from '../states.tsx';
import { FieldsPanel } from './fields-panel.tsx';
import { LinksPanel } from './links-panel.tsx';
import styles from './page.module.css';
import { RecordHead } from './record-head.tsx';

/** A record at the side of its list. */
export function Peek({ definition, id, onClose }: { definition: RecordDefinition; id: string; onClose: () => void }) {
  const record = useRecord(definition.path, id);
  useKeys([{ key: 'Escape', label: 'Close the side', run: onClose }]);
  return (
    <aside className={styles.peek} aria-label="Side panel">
      <ActionIcon aria-label="Close the side panel" className={styles.peekClose} onClick={onClose}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      {record.isPending && <Waiting />}
      {record.isError && <RefusedPlace error={record.error} />}
      {record.isSuccess && (
        <>
          <RecordHead definition={definition} read={record.data} editable={false} small />
          <FieldsPanel definition={definition} read={record.data} editable={record.data.canEdit} label="Fields" />
          <LinksPanel read={record.data} editable={false} />
        </>
      )}
    </aside>
  );
}
