// The gates of the lifecycle, as data: whose decision each is, what it asks, what it rests on.
import type { EvidenceKind, Gate } from '../core/lifecycle/gate.ts';
import type { Profile } from '../core/lifecycle/profile.ts';
import type { Role } from '../core/permission/role.ts';

const gate = (
  code: string,
  side: 'B' | 'P',
  label: string,
  question: string,
  roles: readonly Role[],
  evidence: readonly EvidenceKind[],
  more: Partial<Gate> = {},
): Gate => ({ code, side, label, question, roles, evidence, quorum: 'one', ...more });

/** What a gate wants to see, whose word on it counts, and from which profile on it stays closed without it. */
const asks =
  (from: Profile) =>
  (title: string, ...roles: Role[]): EvidenceKind => ({ title, roles, from });
const light = asks('light');
const standard = asks('standard');
const regulated = asks('regulated');

/** Who advises on a change: whom it concerns, on either side. */
const advisers: readonly Role[] = ['BEX', 'BOW', 'CUS', 'SOW', 'OPS', 'SEC', 'DAU', 'RDM', 'TRM', 'TSM', 'SLM', 'CFM'];
const everyCustomer = { quorum: 'every_customer' } as const;

export const gates: ReadonlyMap<string, Gate> = new Map(
  [
    gate(
      'G1',
      'B',
      'Agree requirement',
      'Is this the need, and is it worth exploring?',
      ['BOW'],
      [
        regulated('Trigger, owner and priority', 'BOW'),
        standard('Draft outcomes', 'BOW'),
        regulated('Affected business units', 'BOW'),
      ],
      // The need is its owner's: others of the business, and who looks after them, say what they know, and hold nothing up.
      { informs: ['BEX', 'CUS', 'BRM', 'SPM'] },
    ),
    gate(
      'P1',
      'P',
      'Policy conformity',
      'May we offer this, and will we?',
      ['SPM'],
      [
        regulated('Policy evaluation', 'SPM', 'POL'),
        standard('Capability check', 'SPM'),
        regulated('Strategic fit', 'SPM'),
      ],
    ),
    gate(
      'G2',
      'B',
      'Agree and fund package',
      'Do we want these outcomes at this level, cost and risk?',
      ['BEX'],
      [
        regulated('Complete package', 'BRM', 'SPM'),
        standard('Business case', 'BRM', 'SPM', 'FIN'),
        standard('Feasibility of the warranty', 'SLM', 'SPM'),
      ],
      { money: true, ...everyCustomer },
    ),
    gate(
      'P2',
      'P',
      'Charter',
      'Are resources committed to design?',
      ['SPM'],
      [standard('Resource plan', 'SPM'), regulated('Design lead', 'SPM')],
    ),
    gate(
      'P3',
      'P',
      'Design completeness',
      'Is the design complete, coherent, operable and affordable?',
      ['DAU'],
      [
        regulated('Every item accepted by its consumer', 'SDM'),
        standard('Feasibility of each service level', 'SLM', 'SDM'),
        regulated('Cost against funding', 'SDM', 'FIN'),
      ],
    ),
    gate(
      'G3',
      'B',
      'Accept design',
      'Is this the solution we want built?',
      ['BOW', 'BEX'],
      [
        standard('Options considered', 'SDM'),
        regulated('Variance of design from package', 'SDM'),
        regulated('Made and bought parts', 'SDM'),
      ],
      everyCustomer,
    ),
    gate(
      'P4',
      'P',
      'Authorise build and test',
      'May the build start?',
      ['CHM'],
      [
        regulated('Assessed change', 'TRM', 'CHM'),
        regulated('Back-out plan', 'TRM', 'RDM'),
        standard('Test plan', 'TSM'),
      ],
      {
        informs: advisers,
        separation: [
          { id: 'SD1', sentence: 'Who raised the change does not authorise it.', notActorOf: ['create', 'submit'] },
        ],
      },
    ),
    gate(
      'P5',
      'P',
      'Authorise check-in',
      'Is the tested build the definitive one?',
      ['RDM'],
      [standard('Test results for the exact build', 'TSM'), regulated('Licences and bill of materials', 'RDM', 'CFM')],
      { separation: [{ id: 'SD2', sentence: 'The builder does not check in the build.', notActorOf: ['assemble'] }] },
    ),
    gate(
      'P6',
      'P',
      'Validation complete',
      'Does it deliver the utility and warranty?',
      ['TSM'],
      [standard('Validation report', 'TSM'), light("Business testers' sign-off", 'UATB', 'CUS', 'BOW')],
      { separation: [{ id: 'SD2', sentence: 'The builder does not validate.', notActorOf: ['assemble'] }] },
    ),
    gate(
      'P7',
      'P',
      'Evaluation report',
      'How does the actual compare with the predicted, and what risk is left?',
      ['EVM'],
      [standard('Predicted and actual performance', 'EVM')],
      {
        separation: [{ id: 'SD2', sentence: 'Builder and tester do not evaluate.', notActorOf: ['assemble', 'test'] }],
      },
    ),
    gate(
      'P8',
      'P',
      'Operational readiness',
      'Can we run and support it?',
      ['OPS'],
      [standard('Support, runbooks and monitoring in place', 'OPS'), standard('Staff trained', 'OPS', 'SDK')],
    ),
    gate(
      'G4',
      'B',
      'Accept service (go-live)',
      'Do we accept it into live use on this date?',
      ['CUS'],
      [
        regulated('Acceptance criteria met or waived', 'TRM', 'CUS'),
        regulated('Evaluation report', 'EVM'),
        regulated('Operational readiness', 'OPS'),
        regulated('Known errors', 'RDM', 'PRM'),
        standard('Back-out rehearsed', 'RDM', 'TRM'),
      ],
      everyCustomer,
    ),
    gate(
      'P9',
      'P',
      'Authorise deployment',
      'Is now a safe time to deploy?',
      ['CHM'],
      [
        regulated('Accepted release', 'RDM'),
        regulated('Window without freeze or collision', 'CHM'),
        regulated('Back-out point', 'CHM', 'RDM'),
      ],
      {
        informs: advisers,
        separation: [
          {
            id: 'SD1',
            sentence: 'Who raised the change does not authorise its deployment.',
            notActorOf: ['create', 'submit'],
          },
        ],
      },
    ),
    gate(
      'P10',
      'P',
      'Deployment verified',
      'Did it land as planned?',
      ['RDM'],
      [light('Post-deployment checks', 'RDM', 'TSM', 'OPS'), standard('Configuration records', 'RDM', 'CFM')],
    ),
    gate(
      'G5',
      'B',
      'Exit early life support',
      'Is it stable and used as intended?',
      ['CUS'],
      [standard('Exit criteria over the whole window', 'TRM'), standard('Operations accept the hand-over', 'OPS')],
      everyCustomer,
    ),
    gate(
      'G6',
      'B',
      'Value review',
      'Keep, improve or retire, judged by value?',
      ['BEX'],
      [regulated('Outcome attainment', 'BOW'), regulated('Cost', 'FIN', 'SPM'), regulated('Risk', 'RSK', 'SPM', 'BOW')],
    ),
    gate(
      'G7',
      'B',
      'Fund improvement',
      'Is this improvement worth it, and where does it go?',
      ['BEX'],
      [standard('Justification with its baseline', 'CSI'), regulated('Verification plan', 'CSI')],
      {
        money: true,
        // Of the provider's own, which touches no customer: within its limit, and not by who asks for it.
        internally: { roles: ['CSI', 'SPM'] },
        separation: [
          { id: 'SD1', sentence: 'Who justified the improvement does not fund it.', notActorOf: ['justify'] },
        ],
      },
    ),
    gate(
      'G8',
      'B',
      'Retire service',
      'Shall we phase this out?',
      ['BEX'],
      [
        light('Retirement plan', 'TRM', 'SPM'),
        light('Consumers by register and observed use', 'TRM', 'SOW'),
        standard('Notice to customers and suppliers', 'TRM', 'BRM'),
        standard('What becomes of the data', 'TRM', 'SOW'),
        standard('Contracts to end, with their cost', 'SUP', 'SLM', 'TRM'),
        regulated('Successor of each consumer', 'TRM', 'SOW'),
      ],
      everyCustomer,
    ),
    gate(
      'P11',
      'P',
      'Retirement complete',
      'Is everything disposed of?',
      ['TRM'],
      [
        // Of the data the business says that it is gone: the provider cannot say it for them.
        light('Data handed over or destroyed, with its certificate', 'DOW'),
        light('Contracts ended', 'SUP', 'SLM', 'TRM'),
        standard('Access, monitoring and licences withdrawn', 'OPS', 'TRM'),
        standard('Cost that stopped', 'FIN', 'SPM'),
      ],
    ),
    gate(
      'G9',
      'B',
      'Confirm benefit',
      'Did it deliver the promised effect?',
      ['VER'],
      [standard('Before and after, by a test fixed in advance', 'CSI')],
      {
        separation: [
          { id: 'SD5', sentence: 'Who claims the benefit does not verify it.', notActorOf: ['create', 'justify'] },
        ],
      },
    ),
    gate(
      'G10',
      'B',
      'Accept what stays unresolved',
      'Do we live with this problem and the impact that is left?',
      ['BEX', 'BOW'],
      [
        regulated('Cost and benefit of a fix', 'PRM'),
        regulated('Impact that is left', 'PRM'),
        regulated('Day of the next review', 'PRM'),
      ],
      everyCustomer,
    ),
    gate('G11', 'B', 'Amend what was agreed', 'Do we want this instead of what we agreed?', ['BOW'], [], everyCustomer),
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
        separation: [
          { id: 'SD1', sentence: 'Who raised the change does not take its risk.', notActorOf: ['create', 'submit'] },
        ],
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
        separation: [
          { id: 'SD1', sentence: 'Who raised the change does not authorise it.', notActorOf: ['create', 'submit'] },
        ],
      },
    ),
  ].map((each) => [each.code, each]),
);
