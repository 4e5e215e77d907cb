export { standardAt } from './store.ts';
export { standardTerms } from './terms.ts';
