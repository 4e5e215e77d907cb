export { standardAt, standardsEver } from './store.ts';
export { standardTerms } from './terms.ts';
