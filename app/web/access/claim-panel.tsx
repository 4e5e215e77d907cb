// Who keeps a customer organisation: its own administrator, once claimed.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { administratorRole } from '../../../core/party/party.ts';
import { present } from '../../../core/ui/format.ts';
import { useMe } from '../../../core/ui/queries.ts';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { lookup } from '../../../core/names/lookup.ts';
import { LinkDialog } from './link-dialog.tsx';
import styles from './access.module.css';
import { isKept, wordsOf } from './announced.tsx';

const unclaimed = 'Nobody of it has come yet: until its administrator has claimed it, nobody decides for it.';
const kept = 'Its own administrator keeps its people and their rights.';
const forsaken =
  'It has no administrator who can sign in: two of its own people name another, or two of the provider announce one.';
const standings: Readonly<Record<string, string>> = lookup({
  'self-declared':
    'The claim is self-declared: one person came by a link that the provider handed over. Until a second person of the organisation confirms it, it decides in the light profile alone, and each such decision is marked.',
  confirmed: 'A second person of it confirmed the claim.',
});

/** Who keeps it, and what its claim is worth. */
function standingOf(read: PanelProps['read']): string {
  const standing = standings[String(read.record.fields['standing'])];
  return standing === undefined ? unclaimed : `${isKept(read) ? kept : forsaken} ${standing}`;
}

/** The server decides by its own clock; this only leaves the button out while it would be refused. */
const isPast = (instant: unknown) => typeof instant === 'string' && instant <= present();

export function Panel({ read }: PanelProps) {
  const { record } = read;
  const me = useMe();
  const [isLinking, setLinking] = useState(false);
  const isClaimed = record.fields['claimedAt'] !== null;
  const isOver = isClaimed && isPast(record.fields['announcedUntil']);
  const told = wordsOf(read);
  const mayLink =
    record.state === 'active' &&
    (!isClaimed || isOver) &&
    (me.data?.grants.some(({ role, onBehalfOf }) => role === administratorRole && onBehalfOf === null) ?? false);
  return (
    <div className={styles.panel}>
      <p>{standingOf(read)}</p>
      {told && <p>{told.words}</p>}
      {mayLink && (
        <div className={styles.foot}>
          <Button variant="default" onClick={() => setLinking(true)}>
            {isClaimed ? 'Make the link for whom you announced' : 'Make the link for its administrator'}
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
            ? `With it whom you announced sets a password and claims ${record.title} anew; the claim is self-declared until a second of its people confirms it. It works for a day.`
            : `With it the administrator of ${record.title} sets a password and claims the organisation. It works for a week.`}
        </LinkDialog>
      )}
    </div>
  );
}
