// The example as it is played: its steps as they happen, and at the end the people to look around as.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import type { z } from 'zod';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import { drafts } from '../../../core/ui/drafts.ts';
import { Reasons } from '../../../core/ui/states.tsx';
import type { demoView } from '../../views.ts';
import styles from './demo.module.css';

export type DemoView = z.infer<typeof demoView>;

// Lines that are set in belong to the step above; the tables at the end are for a terminal.
const stepsOf = (told: readonly string[]) => {
  const end = told.findIndex((line) => line.startsWith('\n'));
  const steps: { title: string; details: string[] }[] = [];
  for (const line of told.slice(0, end < 0 ? undefined : end)) {
    const [title = '', ...details] = line.split('\n');
    if (line.startsWith(' ')) steps.at(-1)?.details.push(line.trim());
    else steps.push({ title, details: details.map((each) => each.trim()) });
  }
  return steps;
};

function Steps({ demo }: { demo: DemoView }) {
  const steps = stepsOf(demo.told);
  return (
    <ol className={styles.steps}>
      {steps.map(({ title, details }) => (
        <li key={title}>
          <IconCircleCheck size={15} aria-hidden className={styles.check} />
          <div>
            <span>{title}</span>
            {details.length > 0 && <span className={styles.detail}>{details.at(-1)}</span>}
          </div>
        </li>
      ))}
      {demo.state === 'running' && (
        <li className={styles.now}>
          <IconLoader2 size={15} aria-hidden className={styles.turning} />
          <span>{steps.length === 0 ? demo.step : 'The next step is under way'}</span>
        </li>
      )}
    </ol>
  );
}

/** The people of the example; one press leaves this sign-in and takes theirs. */
function LookAround({ signIns, password }: NonNullable<DemoView['wayIn']>) {
  const enter = useMutation({
    mutationFn: async ({ email }: { email: string }) => {
      await write('POST', '/auth/sign-out', {});
      await write('POST', '/auth/sign-in/email', { email, password });
    },
    onSuccess: () => {
      drafts.dropAll();
      location.assign('/');
    },
  });
  return (
    <section className={styles.people} aria-labelledby="look-around">
      <h2 id="look-around">Look around as one of these people</h2>
      <p className="small">
        All share the password <code className={styles.password}>{password}</code>. Note it: it is shown to you alone,
        and only until the server stops. Choosing somebody signs you out; sign in with your own e-mail to come back.
      </p>
      <ul>
        {signIns.map((person) => (
          <li key={person.email}>
            <div>
              <strong>{person.name}</strong> <span className="quiet">{person.role}</span>
              <code className={styles.email}>{person.email}</code>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Look around as ${person.name}`}
              loading={enter.isPending && enter.variables === person}
              onClick={() => enter.mutate(person)}
            >
              Look around
            </Button>
          </li>
        ))}
      </ul>
      {enter.isError && <Reasons refusals={reasonsOf(enter.error)} title="Not signed in" />}
    </section>
  );
}

export function Demo({ demo, again }: { demo: DemoView; again: () => void }) {
  const { state, steps, done, fault, provider, wayIn } = demo;
  return (
    <div className={styles.demo}>
      <div role="status" className={styles.head}>
        <h2>
          {state === 'running' && 'The example is being played'}
          {state === 'finished' && `${provider ?? 'The example'} is ready`}
          {state === 'failed' && 'The example stopped'}
        </h2>
        {state === 'running' && (
          <>
            <progress max={Math.max(1, steps)} value={done} aria-label="Playing the example" />
            <span className="quiet small">
              {done} of {steps} steps; it takes about a minute.
            </span>
          </>
        )}
      </div>
      {state === 'finished' && wayIn && <LookAround {...wayIn} />}
      <Steps demo={demo} />
      {state === 'failed' && (
        <>
          <Reasons refusals={[{ code: 'demo.failed', sentence: fault ?? 'Something went wrong.', hint: '' }]} />
          <Button variant="default" onClick={again}>
            Play it again
          </Button>
        </>
      )}
      {state === 'finished' && !wayIn && (
        <p className="quiet small">Whoever started it was told the people and the password to look around with.</p>
      )}
    </div>
  );
}
