import { alternate, column } from '../alternate.ts';
import { bareProfileEdits } from '../bare/profile-commit.ts';
import { inClosedLoop, inThisProcess } from '../closed-loop.ts';
import { scratchCopy, sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { clientOf, read } from '../http-client.ts';
import { openSession, portalHeaders, startPortal } from '../portal.ts';
import { atLeast, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

const editorsAtOnce = 8;

interface Editor {
  headers: Record<string, string>;
  etag: string;
  edits: number;
}

export const profileEdit: Row = {
  name: 'profile-edit',
  about: 'PATCH profile, durable, on SQLite',
  run: async (stage) => {
    const whole = await sqliteDataset({ invoices: 10_000 }, stage.progress);
    const dataset = await scratchCopy(whole, 'profile');
    const bareDataset = await scratchCopy(whole, 'profile-bare');
    const server = await startPortal(stage, dataset);
    const client = clientOf(server.origin);
    stage.defer(client.close);
    const path = `/portal/${dataset.organisationId}/profile`;
    const editors: Editor[] = [];
    for (const customerId of dataset.customerIds.slice(0, editorsAtOnce)) {
      const headers = portalHeaders(await openSession(server, dataset, customerId));
      const profile = await read(`${server.origin}${path}`, headers);
      editors.push({ headers, etag: profile.headers.etag ?? '', edits: 0 });
    }
    const edit = async (lane: number): Promise<void> => {
      const editor = editors[lane];
      if (editor === undefined) {
        throw new Error('There are fewer customers than editors');
      }
      editor.edits += 1;
      const answer = await client.call({
        method: 'PATCH',
        path,
        headers: { ...editor.headers, 'if-match': editor.etag },
        body: { phone_number: `+49 30 ${1000 + editor.edits}` },
      });
      editor.etag = answer.headers.etag ?? '';
    };
    const editBare = bareProfileEdits(bareDataset.file, dataset.organisationId, dataset.customerIds);
    const measured = await alternate(stage, {
      bare: { work: (ms) => inThisProcess(ms, editBare) },
      ours: { server, work: (ms) => inClosedLoop(ms, editorsAtOnce, edit) },
    });
    const comparison = {
      name: 'profile-edit',
      work: `PATCH profile, durable, ${editorsAtOnce} at once`,
      baseline: 'a bare commit of the same rows, better-sqlite3',
      unit: 'edits/s',
      goal: atLeast(0.5),
    };
    return [
      resultOf(comparison, { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') }),
    ];
  },
};
