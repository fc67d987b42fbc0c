import { readFileSync } from 'node:fs';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const shownFunctions = 30;

/** A package, a folder of ours, or what V8 calls in brackets. */
const groupOf = (url: string, functionName: string): string => {
  const installed = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (installed !== undefined) return installed;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const own = /\/(server\/[^/]+)/.exec(url)?.[1];
  return own ?? (functionName.startsWith('(') ? functionName : 'native code');
};

const add = (sums: Map<string, number>, name: string, us: number): void => {
  sums.set(name, (sums.get(name) ?? 0) + us);
};

const listed = (title: string, sums: Map<string, number>, totalUs: number, most: number): string[] => [
  title,
  ...[...sums]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, us]) => `  ${((100 * us) / totalUs).toFixed(1).padStart(5)} %  ${name}`),
];

/** Self time by package and by function, of the time in which the server was not idle. */
export const describeProfile = (file: string): string => {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const groups = new Map<string, number>();
  const functions = new Map<string, number>();
  let totalUs = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const us = timeDeltas[index] ?? 0;
    if (frame === undefined || frame.functionName === '(idle)') {
      continue;
    }
    const { functionName, url, lineNumber } = frame;
    const group = groupOf(url, functionName);
    const place = url === '' ? group : `${group} ${url.split('/').at(-1)}:${lineNumber + 1}`;
    totalUs += us;
    add(groups, group, us);
    add(functions, `${functionName || '(anonymous)'}  ${place}`, us);
  }
  return [
    ...listed('by package', groups, totalUs, shownFunctions),
    ...listed('by function', functions, totalUs, shownFunctions),
  ].join('\n');
};
