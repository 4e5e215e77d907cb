// The gates at which somebody takes a risk: a criterion done without, a change of a higher level.
import type { Gate } from '../core/lifecycle/gate.ts';
import { advisers, everyCustomer, gate, notRaiser } from './gate.ts';

export const gatesOfRisk: readonly Gate[] = [
  gate(
    'G12',
    'B',
    'Waive a criterion',
    'Do we do without this criterion until that day, knowing what it means for us?',
    ['CUS'],
    [],
    {
      ...everyCustomer,
      separation: [{ id: 'SD4', sentence: 'Who asks for a waiver does not grant it.', notActorOf: ['create'] }],
    },
  ),
  gate(
    'G13',
    'B',
    'Take the risk of a change',
    'Do we take this risk, at this cost, knowing what may fail?',
    ['BEX'],
    [],
    {
      ...everyCustomer,
      money: true,
      informs: advisers,
      // Of a change that touches no customer.
      internally: { roles: ['BRD'] },
      separation: notRaiser('Who raised the change does not take its risk.'),
    },
  ),
  gate(
    'P12',
    'P',
    'Authorise a change by the board',
    'Does the management board let this change go ahead?',
    ['BRD'],
    [],
    {
      quorum: 'two_people',
      informs: advisers,
      separation: notRaiser('Who raised the change does not authorise it.'),
    },
  ),
];
