/**
 * What the program names: core knows no role of its users. Who lists the roles adds their codes here, so that a role nobody
 * holds does not compile.
 * @example declare module '../core/permission/role.ts' { interface Named { role: 'SDK' | 'INM' } }
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- it is filled where roles are listed
export interface Named {}

/** A role's code. */
export type Role = Named extends { role: infer R extends string } ? R : string;

/** Who may do something: a role, what happens by itself, or everybody who may see the record. */
export type Who = Role | 'system' | '*';
