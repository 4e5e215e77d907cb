// Who may decide here, who may not and why; and where nobody does, which role has to be given by whom.
import type { GateView } from '../../ui/contract.ts';
import { nameIn } from '../../ui/named.ts';
import { sideWords } from '../../ui/page/decisions-panel.tsx';
import { useRegistry, useRoleWords } from '../../ui/registry.ts';
import { ToneWord } from '../../ui/tone.tsx';
import styles from './gate.module.css';

function MissingRoles({ gate }: { gate: GateView }) {
  const roleWords = useRoleWords();
  return gate.missingRoles.map(({ side, customer, roles, needed, held }) => {
    const where = customer === null ? 'the provider' : nameIn(gate.names, customer);
    const role = roles.map(roleWords).join(' or ');
    return (
      <p key={customer} className="small">
        <ToneWord tone="attention" word="Nobody can decide" />{' '}
        {needed > 1
          ? `${needed} people of ${where} decide as ${role}; ${held === 0 ? 'nobody' : `only ${held}`} holds that role.`
          : `Nobody of ${where} is ${role}.`}{' '}
        {side === 'P' ? 'An administrator of the provider gives the role.' : 'Its own administrator gives the role.'}
      </p>
    );
  });
}

export function Deciders({ gate }: { gate: GateView }) {
  const { roles } = useRegistry();
  const isBarred = gate.waitsForDecider && gate.missingRoles.length === 0;
  return (
    <section aria-labelledby="deciders" className={styles.section}>
      <h2 id="deciders">Who may decide</h2>
      <MissingRoles gate={gate} />
      {gate.deciders.length === 0 && gate.missingRoles.length === 0 && (
        <p className="quiet small">
          Nobody holds a role that decides here. An administrator of the {sideWords[gate.side]} side gives it.
        </p>
      )}
      {isBarred && gate.deciders.length > 0 && (
        <p className="small">
          <ToneWord tone="attention" word="Waits for a decider" /> Too few of those below may decide now. An
          administrator of the {sideWords[gate.side]} side gives the role to somebody who may.
        </p>
      )}
      <ul className={styles.people}>
        {gate.deciders.map((each) => (
          <li key={`${each.person}${each.role}`}>
            <strong>{gate.names[each.person] ?? each.person}</strong>{' '}
            <span className="quiet">{roles[each.role] ?? each.role}</span>
            <ToneWord tone={each.mayDecide ? 'good' : 'unknown'} word={each.mayDecide ? 'May decide' : 'May not'} />
            {!each.mayDecide && each.why && <p className="small quiet">{each.why}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
