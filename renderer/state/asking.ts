/** A dialogue is open: what is typed or drawn in it would be lost with the view under it. */
export function isAsking(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}
