import type { ReactNode } from 'react';
import type { Field } from '../../record/define/fields.ts';

export interface FieldInputProps {
  name: string;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
  /** Stands under the label, instead of the field's own help. */
  beside?: ReactNode;
  /** Shows no label of its own (it stands beside already); the label stays for screen readers. */
  bare?: boolean;
}
