export { saysWhere } from './rules.ts';
