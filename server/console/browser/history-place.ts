type Places = Record<string, unknown>;

const places = (): Places => (history.state as Places | null) ?? {};

/** Where the reader was in a list or page when this entry of the history was last shown. */
export const readPlace = <Place>(key: string): Place | undefined => places()[key] as Place | undefined;

/** Keeps a place in this entry of the history, so that going back and reloading return to it. */
export function keepPlace(key: string, place: unknown): void {
  history.replaceState({ ...places(), [key]: place }, '');
}
