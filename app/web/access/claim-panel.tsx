// Who keeps a customer organisation: its own administrator, once claimed.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { administratorRole } from '../../../core/party/party.ts';
import { useMe } from '../../../core/ui/queries.ts';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { lookup } from '../../../core/names/lookup.ts';
import { LinkDialog } from './link-dialog.tsx';
import styles from './access.module.css';

const standings: Readonly<Record<string, string>> = lookup({
  null: 'Nobody of it has come yet: until its administrator has claimed it, nobody decides for it.',
  'self-declared':
    'Its own administrator keeps its people and their rights. The claim is self-declared: one person came by a link that the provider handed over. Until a second person of the organisation confirms it, it decides in the light profile alone, and each such decision is marked.',
  confirmed: 'Its own administrator keeps its people and their rights. A second person of it confirmed the claim.',
});

export function Panel({ read: { record } }: PanelProps) {
  const me = useMe();
  const [isLinking, setLinking] = useState(false);
  const isClaimed = record.fields['claimedAt'] !== null;
  const mayLink =
    record.state === 'active' &&
    (me.data?.grants.some(({ role, onBehalfOf }) => role === administratorRole && onBehalfOf === null) ?? false);
  return (
    <div className={styles.panel}>
      <p>{standings[String(record.fields['standing'])] ?? standings['null']}</p>
      {mayLink && (
        <div className={styles.foot}>
          <Button variant="default" onClick={() => setLinking(true)}>
            {isClaimed ? 'Nobody there can sign in any more' : 'Make the link for its administrator'}
          </Button>
        </div>
      )}
      {isLinking && (
        <LinkDialog
          who={`the administrator of ${record.title}`}
          path={`/customers/${record.id}/invitation`}
          onClose={() => setLinking(false)}
        >
          {isClaimed
            ? `Where nobody of ${record.title} who holds a right of the business can sign in, a link lets a new administrator claim it anew. Everyone who sees it reads that. It works for a week.`
            : `With it the administrator of ${record.title} sets a password and claims the organisation. It works for a week.`}
        </LinkDialog>
      )}
    </div>
  );
}
