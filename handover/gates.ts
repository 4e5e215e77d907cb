// The gates of the lifecycle, as data: whose decision each is, what it asks, what it rests on.
import type { EvidenceKind, Gate } from '../core/lifecycle/gate.ts';
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

/** What a gate wants to see, and whose word on it counts. */
const seen = (title: string, ...roles: Role[]): EvidenceKind => ({ title, roles });

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
        seen('Trigger, owner and priority', 'BOW'),
        seen('Draft outcomes', 'BOW'),
        seen('Affected business units', 'BOW'),
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
      [seen('Policy evaluation', 'SPM', 'POL'), seen('Capability check', 'SPM'), seen('Strategic fit', 'SPM')],
    ),
    gate(
      'G2',
      'B',
      'Agree and fund package',
      'Do we want these outcomes at this level, cost and risk?',
      ['BEX'],
      [
        seen('Complete package', 'BRM', 'SPM'),
        seen('Business case', 'BRM', 'SPM', 'FIN'),
        seen('Feasibility of the warranty', 'SLM', 'SPM'),
      ],
      { money: true, ...everyCustomer },
    ),
    gate(
      'P2',
      'P',
      'Charter',
      'Are resources committed to design?',
      ['SPM'],
      [seen('Resource plan', 'SPM'), seen('Design lead', 'SPM')],
    ),
    gate(
      'P3',
      'P',
      'Design completeness',
      'Is the design complete, coherent, operable and affordable?',
      ['DAU'],
      [
        seen('Every item accepted by its consumer', 'SDM'),
        seen('Feasibility of each service level', 'SLM', 'SDM'),
        seen('Cost against funding', 'SDM', 'FIN'),
      ],
    ),
    gate(
      'G3',
      'B',
      'Accept design',
      'Is this the solution we want built?',
      ['BOW', 'BEX'],
      [
        seen('Options considered', 'SDM'),
        seen('Variance of design from package', 'SDM'),
        seen('Made and bought parts', 'SDM'),
      ],
      everyCustomer,
    ),
    gate(
      'P4',
      'P',
      'Authorise build and test',
      'May the build start?',
      ['CHM'],
      [seen('Assessed change', 'TRM', 'CHM'), seen('Back-out plan', 'TRM', 'RDM'), seen('Test plan', 'TSM')],
      {
        informs: ['BEX'],
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
      [seen('Test results for the exact build', 'TSM'), seen('Licences and bill of materials', 'RDM', 'CFM')],
      { separation: [{ id: 'SD2', sentence: 'The builder does not check in the build.', notActorOf: ['assemble'] }] },
    ),
    gate(
      'P6',
      'P',
      'Validation complete',
      'Does it deliver the utility and warranty?',
      ['TSM'],
      [seen('Validation report', 'TSM'), seen("Business testers' sign-off", 'UATB', 'CUS', 'BOW')],
      { separation: [{ id: 'SD2', sentence: 'The builder does not validate.', notActorOf: ['assemble'] }] },
    ),
    gate(
      'P7',
      'P',
      'Evaluation report',
      'How does the actual compare with the predicted, and what risk is left?',
      ['EVM'],
      [seen('Predicted and actual performance', 'EVM')],
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
      [seen('Support, runbooks and monitoring in place', 'OPS'), seen('Staff trained', 'OPS', 'SDK')],
    ),
    gate(
      'G4',
      'B',
      'Accept service (go-live)',
      'Do we accept it into live use on this date?',
      ['CUS'],
      [
        seen('Acceptance criteria met or waived', 'TRM', 'CUS'),
        seen('Evaluation report', 'EVM'),
        seen('Operational readiness', 'OPS'),
        seen('Known errors', 'RDM', 'PRM'),
        seen('Back-out rehearsed', 'RDM', 'TRM'),
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
        seen('Accepted release', 'RDM'),
        seen('Window without freeze or collision', 'CHM'),
        seen('Back-out point', 'CHM', 'RDM'),
      ],
      {
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
      [seen('Post-deployment checks', 'RDM', 'TSM', 'OPS'), seen('Configuration records', 'RDM', 'CFM')],
    ),
    gate(
      'G5',
      'B',
      'Exit early life support',
      'Is it stable and used as intended?',
      ['CUS'],
      [seen('Exit criteria over the whole window', 'TRM'), seen('Operations accept the hand-over', 'OPS')],
      everyCustomer,
    ),
    gate(
      'G6',
      'B',
      'Value review',
      'Keep, improve or retire, judged by value?',
      ['BEX'],
      [seen('Outcome attainment', 'BOW'), seen('Cost', 'FIN', 'SPM'), seen('Risk', 'RSK', 'SPM', 'BOW')],
    ),
    gate(
      'G7',
      'B',
      'Fund improvement',
      'Is this improvement worth it, and where does it go?',
      ['BEX'],
      [seen('Justification with measured baseline', 'CSI'), seen('Verification plan', 'CSI')],
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
      [seen('Retirement plan', 'TRM', 'SPM'), seen('Consumers and obligations', 'TRM', 'SOW')],
      everyCustomer,
    ),
    gate(
      'P11',
      'P',
      'Retirement complete',
      'Is everything disposed of?',
      ['TRM'],
      [seen('Disposal certificates', 'TRM', 'OPS'), seen('Contracts ended', 'SUP', 'SLM', 'TRM')],
    ),
    gate(
      'G9',
      'B',
      'Confirm benefit',
      'Did it deliver the promised effect?',
      ['VER'],
      [seen('Before and after, by a test fixed in advance', 'CSI')],
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
        seen('Cost and benefit of a fix', 'PRM'),
        seen('Impact that is left', 'PRM'),
        seen('Day of the next review', 'PRM'),
      ],
      everyCustomer,
    ),
    gate('G11', 'B', 'Amend what was agreed', 'Do we want this instead of what we agreed?', ['BOW'], [], everyCustomer),
  ].map((each) => [each.code, each]),
);
