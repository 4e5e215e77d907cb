// Roles by side. Who holds them, for whom and how long, is data (role grants).
import type { RoleDefinition, Side } from '../core/permission/principal.ts';

const role = <const C extends string>(code: C, side: Side, label: string) => ({ code, side, label });

const list = [
  { ...role('BEX', 'B', 'Business executive (sponsor)'), consents: true as const },
  { ...role('BOW', 'B', 'Business requirement and outcome owner'), consents: true as const },
  role('CUS', 'B', 'Customer representative'),
  role('VER', 'B', 'Benefit verifier'),
  role('DOW', 'B', 'Data owner'),
  role('UATB', 'B', 'Business tester'),
  role('CAD', 'B', "Customer's authority administrator"),
  role('USR', 'U', 'User'),
  role('BRD', 'P', 'Management board of the provider'),
  role('SPM', 'P', 'Service portfolio manager'),
  role('BRM', 'P', 'Business relationship manager'),
  role('SOW', 'P', 'Service owner'),
  role('SDM', 'P', 'Service design manager'),
  role('DAU', 'P', 'Design authority'),
  role('TRM', 'P', 'Transition manager'),
  role('RDM', 'P', 'Release manager'),
  role('BLD', 'P', 'Builder'),
  role('TSM', 'P', 'Test manager'),
  role('EVM', 'P', 'Evaluator'),
  role('CHM', 'P', 'Change manager'),
  role('OPS', 'P', 'Operations manager'),
  role('SDK', 'P', 'Service desk agent'),
  role('INM', 'P', 'Incident manager'),
  role('PRM', 'P', 'Problem manager'),
  role('CFM', 'P', 'Configuration manager'),
  role('KNM', 'P', 'Knowledge manager'),
  role('SLM', 'P', 'Service level manager'),
  role('SUP', 'P', 'Supplier manager'),
  role('FIN', 'P', 'Finance manager of the provider'),
  role('SEC', 'P', 'Security manager'),
  role('CSI', 'P', 'Improvement manager'),
  role('POL', 'P', 'Policy owner'),
  role('RSK', 'P', 'Risk manager'),
  role('ADM', 'P', 'Platform administrator'),
  role('AUD', 'A', 'Auditor'),
  role('SUPX', 'X', 'Supplier contact'),
];

declare module '../core/permission/role.ts' {
  interface Named {
    role: (typeof list)[number]['code'];
  }
}

export const roles: ReadonlyMap<string, RoleDefinition> = new Map(list.map((each) => [each.code, each]));
