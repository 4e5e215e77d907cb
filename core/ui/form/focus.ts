import { useEffect } from 'react';

/** Puts the reader where the form is wrong, once what is wrong stands on the page: `lacking` before it is sent, `refused` after. */
export function useFirstWrong(formId: string, lacking: unknown, refused: unknown): void {
  useEffect(() => {
    if (!lacking && !refused) return;
    const form = document.getElementById(formId);
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"] input')?.focus();
  }, [formId, lacking, refused]);
}

/** Puts the reader at the first input whose text cannot be read as what it asks for, such as a number; false where there is none. */
export function stopsAtUnreadable(form: Element | null): boolean {
  const wrong = form?.querySelector<HTMLElement>('[data-unreadable]');
  wrong?.focus();
  return wrong !== null && wrong !== undefined;
}
