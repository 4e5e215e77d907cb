import type { RecordRead } from '../../../ui/contract.ts';
import { useMe } from '../../../ui/queries.ts';

export interface Readers {
  /** Whether the writer is one of the provider's people, who may write among themselves. */
  mayBeInternal: boolean;
  /** Whether anybody of a customer reads what is public. */
  hasCustomer: boolean;
}

/** Who may read what I write on a record. */
export function useReaders({ record }: RecordRead): Readers {
  const me = useMe();
  return {
    mayBeInternal: me.data?.grants.some(({ side }) => side === 'P') ?? false,
    hasCustomer: record.customers.length > 0,
  };
}

/** In words, for the writer. */
export function readersInWords(audience: 'public' | 'internal', { mayBeInternal, hasCustomer }: Readers): string {
  if (!mayBeInternal) return 'Whoever works on it reads this.';
  if (audience === 'internal') return 'Your own people read this, the customer does not.';
  return hasCustomer ? 'The customer reads this.' : 'No customer is named on it, so none can read it.';
}
