import { Menu } from '@mantine/core';
import { IconKey, IconLogout, IconRowInsertTop, IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { write } from '../api.ts';
import type { Me } from '../contract.ts';
import { administratorRole } from '../../party/party.ts';
import { drafts } from '../drafts.ts';
import { useGo } from '../go.tsx';
import { warn } from '../notice.tsx';
import { relaxedRows } from '../preferences.ts';
import { useRegistry } from '../registry.ts';
import { useStore } from '../store.ts';
import { PersonButton } from './person-button.tsx';
import styles from './frame.module.css';
import { lookup } from '../../names/lookup.ts';

const sides: Readonly<Record<string, string>> = lookup({ B: 'business', P: 'provider' });

async function signOut() {
  try {
    await write('POST', '/auth/sign-out', {});
    drafts.dropAll();
    location.assign('/sign-in');
  } catch {
    warn('You are still signed in: the server could not be reached.');
  }
}

/** Who is signed in, in which roles, and what they set for this browser: open from the start. */
export function OpenPersonMenu({ me }: { me: Me }) {
  // It opens once its button has the focus, to which it gives that back; null until then.
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const relaxed = useStore(relaxedRows);
  const { roles } = useRegistry();
  const go = useGo();
  return (
    <Menu position="bottom-end" width={260} opened={isOpen ?? false} onChange={setOpen}>
      <Menu.Target>
        <PersonButton me={me} autoFocus onFocus={() => setOpen((before) => before ?? true)} />
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <strong>{me.person.name}</strong>
          <div className="quiet small">{me.provider.name}</div>
          <ul className="quiet small">
            {me.grants.slice(0, 6).map((grant, index) => (
              <li key={index}>
                {roles[grant.role] ?? grant.role}
                {sides[grant.side] && `, ${sides[grant.side]} side`}
              </li>
            ))}
          </ul>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconRowInsertTop size={14} aria-hidden />} onClick={() => relaxedRows.set(!relaxed)}>
          {relaxed ? 'Dense rows' : 'Relaxed rows'}
        </Menu.Item>
        {!me.provider.example && me.grants.some(({ role }) => role === administratorRole) && (
          <Menu.Item leftSection={<IconServer size={14} aria-hidden />} onClick={() => go('/installation')}>
            Installation
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKey size={14} aria-hidden />} onClick={() => go('/keys')}>
          Sign-in and keys
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
