// The gates of the lifecycle, as data: whose decision each is, what it asks, what it rests on.
import type { Gate } from '../core/decision/gate.ts';

const gate = (code: string, side: 'B' | 'P', label: string, question: string, roles: readonly string[], evidence: readonly string[], more: Partial<Gate> = {}): Gate =>
  ({ code, side, label, question, roles, evidence, quorum: 'one', ...more });

const everyCustomer = { quorum: 'every_customer' } as const;

export const gates: ReadonlyMap<string, Gate> = new Map([
  gate('G1', 'B', 'Agree requirement', 'Is this the need, and is it worth exploring?', ['BOW'], ['Trigger, owner and priority', 'Draft outcomes', 'Affected business units']),
  gate('P1', 'P', 'Policy conformity', 'May we offer this, and will we?', ['SPM'], ['Policy evaluation', 'Capability check', 'Strategic fit']),
  gate('G2', 'B', 'Agree and fund package', 'Do we want these outcomes at this level, cost and risk?', ['BEX'], ['Complete package', 'Business case', 'Feasibility of the warranty'], { money: true, ...everyCustomer }),
  gate('P2', 'P', 'Charter', 'Are resources committed to design?', ['SPM'], ['Resource plan', 'Design lead']),
  gate('P3', 'P', 'Design completeness', 'Is the design complete, coherent, operable and affordable?', ['DAU'], ['Every item accepted by its consumer', 'Feasibility of each service level', 'Cost against funding']),
  gate('G3', 'B', 'Accept design', 'Is this the solution we want built?', ['BOW', 'BEX'], ['Options considered', 'Variance of design from package', 'Made and bought parts'], everyCustomer),
  gate('P4', 'P', 'Authorise build and test', 'May the build start?', ['CHM'], ['Assessed change', 'Back-out plan', 'Test plan'], { separation: [{ id: 'SD1', sentence: 'Who raised the change does not authorise it.', notActorOf: ['create', 'submit'] }] }),
  gate('P5', 'P', 'Authorise check-in', 'Is the tested build the definitive one?', ['RDM'], ['Test results for the exact build', 'Licences and bill of materials'], { separation: [{ id: 'SD2', sentence: 'The builder does not check in the build.', notActorOf: ['assemble'] }] }),
  gate('P6', 'P', 'Validation complete', 'Does it deliver the utility and warranty?', ['TSM'], ['Validation report', 'Business testers\' sign-off'], { separation: [{ id: 'SD2', sentence: 'The builder does not validate.', notActorOf: ['assemble'] }] }),
  gate('P7', 'P', 'Evaluation report', 'How does the actual compare with the predicted, and what risk is left?', ['EVM'], ['Predicted and actual performance'], { separation: [{ id: 'SD2', sentence: 'Builder and tester do not evaluate.', notActorOf: ['assemble', 'test'] }] }),
  gate('P8', 'P', 'Operational readiness', 'Can we run and support it?', ['OPS'], ['Support, runbooks and monitoring in place', 'Staff trained']),
  gate('G4', 'B', 'Accept service (go-live)', 'Do we accept it into live use on this date?', ['CUS'], ['Acceptance criteria met or waived', 'Evaluation report', 'Operational readiness', 'Known errors', 'Back-out rehearsed'], everyCustomer),
  gate('P9', 'P', 'Authorise deployment', 'Is now a safe time to deploy?', ['CHM'], ['Accepted release', 'Window without freeze or collision', 'Back-out point'], { separation: [{ id: 'SD1', sentence: 'Who raised the change does not authorise its deployment.', notActorOf: ['create', 'submit'] }] }),
  gate('P10', 'P', 'Deployment verified', 'Did it land as planned?', ['RDM'], ['Post-deployment checks', 'Configuration records']),
  gate('G5', 'B', 'Exit early life support', 'Is it stable and used as intended?', ['CUS'], ['Exit criteria over the whole window', 'Operations accept the hand-over'], everyCustomer),
  gate('G6', 'B', 'Value review', 'Keep, improve or retire, judged by value?', ['BEX'], ['Outcome attainment', 'Cost', 'Risk']),
  gate('G7', 'B', 'Fund improvement', 'Is this improvement worth it, and where does it go?', ['BEX'], ['Justification with measured baseline', 'Verification plan'], { money: true }),
  gate('G8', 'B', 'Retire service', 'Shall we phase this out?', ['BEX'], ['Retirement plan', 'Consumers and obligations'], everyCustomer),
  gate('P11', 'P', 'Retirement complete', 'Is everything disposed of?', ['TRM'], ['Disposal certificates', 'Contracts ended']),
  gate('G9', 'B', 'Confirm benefit', 'Did it deliver the promised effect?', ['VER'], ['Before and after, by a test fixed in advance'], { separation: [{ id: 'SD5', sentence: 'Who claims the benefit does not verify it.', notActorOf: ['create', 'justify'] }] }),
].map((each) => [each.code, each]));
