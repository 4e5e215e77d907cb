// What the gates of the example want to see and no record measures yet: attested by whoever answers for it.
import type { Cast, Scene } from './cast.ts';
import type { Body } from './person.ts';
import { lookup } from '../../core/names/lookup.ts';

type Attested = Readonly<Record<string, readonly [by: keyof Cast, statement: string]>>;

const attested: Readonly<Record<string, Attested>> = lookup({
  G1: {
    'Trigger, owner and priority': ['owner', 'As written in the requirement; I own it.'],
    'Draft outcomes': ['owner', 'Each outcome has its measure, unit and source.'],
    'Affected business units': ['owner', 'Stores and head office; their heads agree.'],
  },
  P1: {
    'Policy evaluation': ['portfolio', 'Both policies in force are met, as evaluated at this gate.'],
    'Capability check': ['portfolio', 'Desk, tools and six second-line teams are in place or contracted.'],
    'Strategic fit': ['portfolio', 'One desk is what our strategy for 2016 says.'],
  },
  G2: {
    'Complete package': ['relations', 'All nineteen mandatory items are filled.'],
    'Business case': [
      'relations',
      'Planned benefit of 61,000 a month against a run cost of 42,000; paid back in ten months.',
    ],
    'Feasibility of the warranty': ['levels', 'The second-line teams have agreed to the restoration targets.'],
  },
  P2: {
    'Resource plan': ['portfolio', 'Design team of four until December, released by their managers.'],
    'Design lead': ['portfolio', 'Dilip Mehra leads the design.'],
  },
  P3: {
    'Every item accepted by its consumer': ['designer', 'Every mandatory item carries the name of who accepted it.'],
    'Feasibility of each service level': ['levels', 'Each target stands on agreements with the second-line teams.'],
    'Cost against funding': ['designer', 'The design stays within the funding and its tolerance.'],
  },
  G3: {
    'Options considered': ['designer', 'One desk, regional desks, or a contracted desk; minutes of November.'],
    'Variance of design from package': [
      'designer',
      'No outcome or warranty differs; the cost is within its tolerance.',
    ],
    'Made and bought parts': ['designer', 'Desk software is bought, routing rules are made by us.'],
  },
  P4: {
    'Assessed change': ['transition', 'The seven questions are answered; risk and level are worked out.'],
    'Back-out plan': ['transition', 'The old numbers keep working until March.'],
    'Test plan': ['tests', 'Component, integration and acceptance tests; rehearsal of back-out.'],
  },
  P5: {
    'Test results for the exact build': ['tests', '212 of 212 tests passed on exactly this build.'],
    'Licences and bill of materials': ['releases', 'Both components with hash and licence.'],
  },
  P6: {
    'Validation report': ['tests', 'Utility and warranty shown with forty users of two stores.'],
    "Business testers' sign-off": ['tester', 'We worked a week with it, and take it.'],
  },
  P7: {
    'Predicted and actual performance': [
      'evaluator',
      'Predicted: median restoration 8 h. Trial: 6.5 h over 40 calls; hand-overs could not be judged in a trial.',
    ],
  },
  P8: {
    'Support, runbooks and monitoring in place': [
      'operations',
      'Rota, runbooks and alert routing were tried with injected faults.',
    ],
    'Staff trained': ['operations', 'All agents of desk and second line were trained in January.'],
  },
  G4: {
    'Acceptance criteria met or waived': ['transition', 'All criteria are met; none is waived.'],
    'Evaluation report': ['evaluator', 'The report of P7; no risk is left that bars going live.'],
    'Operational readiness': ['operations', 'Gate P8 was passed.'],
    'Known errors': ['releases', 'None is known.'],
    'Back-out rehearsed': ['releases', 'Rehearsed on a Sunday in January, forty minutes.'],
  },
  P9: {
    'Accepted release': ['releases', 'Accepted by Harbour Group at G4.'],
    'Window without freeze or collision': ['changes', 'Saturday evening; nothing else is scheduled.'],
    'Back-out point': ['changes', 'Until eighteen hours the old numbers are back within minutes.'],
  },
  P10: {
    'Post-deployment checks': ['releases', 'Calls are taken and routed in all six queues.'],
    'Configuration records': ['releases', 'Both components are recorded as in service.'],
  },
  G5: {
    'Exit criteria over the whole window': ['transition', 'All held for twenty days; see the criteria.'],
    'Operations accept the hand-over': ['operations', 'We run it from now on.'],
  },
  G7: {
    'Justification with its baseline': ['improvement', 'The baseline is measured from the record of every incident.'],
    'Verification plan': ['improvement', 'Before and after by the test named in it, three months each.'],
  },
});

/** Attests what the gate shows as missing. Returns once nothing is. */
export async function attestFor({ cast }: Pick<Scene, 'cast'>, gate: string, subject: string): Promise<void> {
  const page: Body = await cast.portfolio.get(`/gates/${gate}/${subject}`);
  for (const { title, given } of page.expectedEvidence as { title: string; given: boolean }[]) {
    const [by, statement] = attested[gate]?.[title] ?? [];
    if (by && statement && !given) await cast[by].attest(subject, gate, title, statement);
  }
}
