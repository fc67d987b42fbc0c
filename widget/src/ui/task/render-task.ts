import type { Task } from './task.ts';

/** Draws the state that a task is in. */
export function renderTask<Value>(
  { status, value, error }: Pick<Task<readonly unknown[], Value>, 'status' | 'value' | 'error'>,
  states: { pending: () => unknown; error: (error: unknown) => unknown; complete: (value: Value) => unknown },
): unknown {
  if (status === 'complete') return states.complete(value as Value);
  return status === 'error' ? states.error(error) : states.pending();
}
