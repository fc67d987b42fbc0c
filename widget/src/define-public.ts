/** Registers one of the elements that pages use. A second copy of the script, also of another version, changes nothing. */
export function definePublic(name: string, element: CustomElementConstructor): void {
  const taken = customElements.get(name);
  // Where the name is somebody else's, the browser's own error says so.
  if (!taken || !('signOut' in taken.prototype)) customElements.define(name, element);
}
