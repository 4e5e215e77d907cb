export { isWaived } from './granted.ts';
export type { GrantedWaiver } from './granted.ts';
export { waiversGranted } from './store.ts';
