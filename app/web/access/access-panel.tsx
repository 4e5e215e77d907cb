// How a person gets in, for themselves and the administrator of their side.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ApiRefusal } from '../../../core/ui/api.ts';
import type { RecordRead } from '../../../core/ui/contract.ts';
import { Go } from '../../../core/ui/go.tsx';
import { useMe } from '../../../core/ui/queries.ts';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { type Access, useAccess } from './access.ts';
import { KeyTable } from './key-table.tsx';
import { LinkDialog } from './link-dialog.tsx';
import styles from './access.module.css';

function wayInWords({ signsIn, secondFactor }: Access): string {
  if (!signsIn) return 'Has no password yet.';
  return secondFactor ? 'Has a password and a second factor.' : 'Has a password.';
}

/** What a form for a right of theirs begins with. */
function grantTo({ id, title, fields }: RecordRead['record']): Record<string, string> {
  const customer = fields['customer'];
  return { title: `Role of ${title}`, person: id, ...(typeof customer === 'string' ? { customer } : {}) };
}

export function Panel({ read: { record } }: PanelProps) {
  const access = useAccess(record.id);
  const me = useMe();
  const [isLinking, setLinking] = useState(false);
  if (access.isPending) return <Waiting what="Loading how they sign in" lines={2} />;
  if (access.error instanceof ApiRefusal && access.error.status === 403)
    return <p className="quiet small">The administrator of their own side sees how they sign in.</p>;
  if (access.isError) return <RefusedPlace error={access.error} again={() => access.refetch()} />;
  const { signsIn, mayLetIn, items } = access.data;
  const isMine = me.data?.person.id === record.id;
  return (
    <div className={styles.panel}>
      <p>{wayInWords(access.data)}</p>
      {mayLetIn && record.state !== 'left' && (
        <div className={styles.foot}>
          <Button variant="default" onClick={() => setLinking(true)}>
            {signsIn ? 'Forgotten password or second factor' : 'Make a link to sign in'}
          </Button>
        </div>
      )}
      {items.length > 0 ? (
        <KeyTable keys={items} label="Keys" />
      ) : (
        <p className="quiet small">No program acts as them.</p>
      )}
      <div className={styles.foot}>
        <Go to={`/role-grants?person=${record.id}`}>Roles held</Go>
        {record.state === 'active' && me.data?.creates.includes('role-grant') && (
          <Go to={`/role-grants/new?${new URLSearchParams(grantTo(record))}`}>Give a role</Go>
        )}
      </div>
      {isMine && <Go to="/keys">Sign-in and keys</Go>}
      {isLinking && (
        <LinkDialog who={record.title} path={`/people/${record.id}/invitation`} onClose={() => setLinking(false)}>
          {signsIn
            ? `With it ${record.title} sets a new password. Then the old one is worth nothing, the second factor is off, and all sessions and keys end. It works for a day.`
            : `With it ${record.title} sets a password and signs in. It works for a week.`}
        </LinkDialog>
      )}
    </div>
  );
}
