// The second factor of whoever is signed in: whether it is on, and what can be done about it.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../core/ui/queries.ts';
import { useAccess } from './access.ts';
import { SwitchOff } from './switch-off.tsx';
import { SwitchOn } from './switch-on.tsx';
import { NewRecoveryCodes } from './recovery-codes.tsx';
import styles from './access.module.css';

type Open = 'on' | 'off' | 'codes' | null;

export function SecondFactor() {
  const me = useMe();
  return me.data ? <OfPerson person={me.data.person.id} /> : null;
}

function OfPerson({ person }: { person: string }) {
  const access = useAccess(person);
  const [open, setOpen] = useState<Open>(null);
  const handleClose = () => setOpen(null);
  if (!access.data) return null;
  const { secondFactor } = access.data;
  return (
    <section className={styles.panel} aria-labelledby="second-factor">
      <h2 id="second-factor">Second factor</h2>
      <p>
        {secondFactor
          ? 'Signing in asks for your password and a code of your authenticator.'
          : 'Signing in asks for your password alone. With a second factor it also asks for a code that an authenticator on your phone shows, so that the password alone lets nobody in.'}
      </p>
      <div className={styles.foot}>
        {secondFactor ? (
          <>
            <Button variant="default" onClick={() => setOpen('codes')}>
              New recovery codes
            </Button>
            <Button variant="default" onClick={() => setOpen('off')}>
              Switch it off
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setOpen('on')}>
            Switch a second factor on
          </Button>
        )}
      </div>
      {open === 'on' && <SwitchOn onClose={handleClose} />}
      {open === 'off' && <SwitchOff onClose={handleClose} />}
      {open === 'codes' && <NewRecoveryCodes onClose={handleClose} />}
    </section>
  );
}
