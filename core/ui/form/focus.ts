/** Puts the reader where the form is wrong, once the errors stand on the page. */
export function focusFirstWrong(formId: string) {
  requestAnimationFrame(() =>
    document
      .getElementById(formId)
      ?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"] input')
      ?.focus(),
  );
}

/** Puts the reader at the first input whose text cannot be read as what it asks for, such as a number; false where there is none. */
export function stopsAtUnreadable(form: Element | null): boolean {
  const wrong = form?.querySelector<HTMLElement>('[data-unreadable]');
  wrong?.focus();
  return wrong !== null && wrong !== undefined;
}
