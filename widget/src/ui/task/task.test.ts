import { expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { renderTask } from './render-task.ts';
import { Task } from './task.ts';

class Host implements ReactiveControllerHost {
  updates = 0;
  readonly updateComplete = Promise.resolve(true);
  addController(_controller: ReactiveController): void {
    this.updates = 0;
  }
  removeController(_controller: ReactiveController): void {
    this.updates = 0;
  }
  requestUpdate(): void {
    this.updates++;
  }
}

function loading(): {
  host: Host;
  task: Task<readonly [string], string>;
  runs: { name: string; signal: AbortSignal; answer: PromiseWithResolvers<string> }[];
  failures: unknown[];
  ask: (next: string) => void;
} {
  let name = 'a';
  const runs: { name: string; signal: AbortSignal; answer: PromiseWithResolvers<string> }[] = [];
  const failures: unknown[] = [];
  const host = new Host();
  const task = new Task(host, {
    task: ([asked], { signal }) => {
      const answer = Promise.withResolvers<string>();
      runs.push({ name: asked, signal, answer });
      return answer.promise;
    },
    args: () => [name] as const,
    onError: (error) => failures.push(error),
  });
  task.hostUpdate();
  return {
    host,
    task,
    runs,
    failures,
    ask: (next) => {
      name = next;
      task.hostUpdate();
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const shown = (task: Task<readonly [string], string>): unknown =>
  renderTask(task, { pending: () => 'pending', error: (error) => error, complete: (value) => value });

describe('Task', () => {
  it('runs once for the same arguments, and shows pending, then the value', async () => {
    const { task, runs, host } = loading();
    task.hostUpdate();
    expect(runs.map(({ name }) => name)).to.deep.equal(['a']);
    expect(shown(task)).to.equal('pending');
    const before = host.updates;
    runs[0]?.answer.resolve('A');
    await turn();
    expect([shown(task), task.status, host.updates - before]).to.deep.equal(['A', 'complete', 1]);
  });

  it('keeps the old value while a new one is on its way', async () => {
    const { task, runs, ask } = loading();
    runs[0]?.answer.resolve('A');
    await turn();
    ask('b');
    expect([task.status, task.value]).to.deep.equal(['pending', 'A']);
  });

  it('aborts an older run and never takes its answer or its failure', async () => {
    const { task, runs, ask, failures } = loading();
    ask('b');
    ask('c');
    expect(runs.map(({ signal }) => signal.aborted)).to.deep.equal([true, true, false]);
    runs[2]?.answer.resolve('C');
    await turn();
    runs[0]?.answer.resolve('A');
    runs[1]?.answer.reject(new Error('late'));
    await turn();
    expect([task.value, task.status, failures.length]).to.deep.equal(['C', 'complete', 0]);
  });

  it('shows a failure, tells of it, and runs again when asked', async () => {
    const { task, runs, failures } = loading();
    const failure = new Error('no');
    runs[0]?.answer.reject(failure);
    await turn();
    expect([shown(task), failures[0]]).to.deep.equal([failure, failure]);
    const again = task.run();
    runs[1]?.answer.resolve('A');
    await again;
    expect(shown(task)).to.equal('A');
  });

  it('breaks off when its element goes, and asks again when it comes back', () => {
    const { task, runs } = loading();
    task.hostDisconnected();
    expect(runs[0]?.signal.aborted).to.equal(true);
    task.hostConnected();
    task.hostUpdate();
    expect(runs).to.have.length(2);
  });

  it('keeps what it has when its element is moved', async () => {
    const { task, runs } = loading();
    runs[0]?.answer.resolve('A');
    await turn();
    task.hostDisconnected();
    task.hostUpdate();
    expect([task.value, runs.length]).to.deep.equal(['A', 1]);
  });
});
