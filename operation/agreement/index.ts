export { agreementAt } from './store.ts';
export { termsOf } from './terms.ts';
