/** What limits a result that falls short of its goal, and what was tried; by the result's name. */
export const remarks: Record<string, string> = {
  'invoice-list': `By the profile 57 % of the time is SQLite's: the session check about a seventh of it all, the page as JSON the rest. Then
come the socket with 5 %, hashes and HMAC with 4, collecting garbage with 3, and Node's HTTP with thirteen headers. What the
baseline does not do costs the same on every request.

Tried and kept: routes found without Express, statements compiled once, the page as one text by \`printf\`, remembered totals,
access tokens verified once, HMAC in two hashes, counted limits in memory. Tried without gain: \`json_object\`, window functions, a
materialised CTE, columns handed over and written by this process (0.37 where the text gave 0.41), other sizes of V8's
spaces. Not done, because a check would go: remembering that a session is alive. The 40 customers of the load ask again and
again without any change, so that totals are always remembered; else counting 250 invoices adds some 24 µs.`,
  'invoice-list-unchanged': `By the profile the session check is 27 % of the time, the socket 14, two hashes 10, and Node's HTTP with its
headers most of what is left: the goal is to answer "nothing has changed", with every check and header, faster than a bare
server reads and sends the list. Tried and kept: the version comes with the session's row, and the list's own query is not run.`,
  'growth-10000000': `The query alone, in a loop, takes 43 µs of processor time where with 10,000 invoices it takes 32: the tree is deeper,
and the pages of 40 customers are not in SQLite's 4 MB but in the system's memory, from where each is read. With 64 MB for them, or
the file mapped, it takes 37; not done, for the memory of every process.`,
  memory: `Node's binary takes 54 MB on both sides. Ours keeps 30 MB in V8's old space after a full collection where the bare
server keeps 6: the contract's schemas with zod 10 MB, our own code and Kysely 7, Express 2. The rest is garbage of requests under
load. Tried and kept: a small semi-space and an old space that grows
slowly (\`npm start\`), 4 MB instead of 16 for SQLite's pages. Tried without gain: 2 MB for SQLite's pages, a semi-space of 2 MB,
\`--optimize-for-size\`, one thread for V8, fewer arenas of malloc.`,
  'two-processes': `The bare server too takes 1.22 times as much when it runs as two processes at the same rate, in the same rounds
(209 µs against 171): so much is this machine's, whose two processors also carry the load generator. By the kernel's
counts the primary stands still and the workers share evenly, each with connections of its own. Before each process had a warm-up
of its own, which translates its code, 1.37 was measured.`,
  'postgres-invoice-list': `A request is two round trips, the session check and the list, where the baseline has one. Alone, the
list takes PostgreSQL's process 130 to 160 µs (the baseline's 100), the session check 120 to 160, of which setting the
organisation for row-level security is about 15 each; in our process both take 400 µs with their parsing. Writes to PostgreSQL's socket are
the largest part of the profile, because each wakes a process that wants one of the same two processors.

Tried and kept: the organisation is set in the message of the statement, statements are prepared and compiled once, PostgreSQL
hands over columns and builds no JSON (from 300 µs to 130), each only once. Not done: sending the check and the list in one message, and
believing the list only when the check holds; and asking less often whether the session is alive.`,
  'postgres-sessions': `The organisation's writes come one after the other, for each is an entry in its audit chain; the baseline's come as they
like. While the lock is held a creation takes about ten round trips and a redemption seven; writing to PostgreSQL's socket is the largest
part of the profile, then collecting garbage. Tried and kept: the lock in the message that begins the transaction, statements compiled once, no second reading of the session.
Not done: one commit for several requests, as on SQLite, for they come on connections of their own.`,
  'opening-1': `The portal draws more than the bare table: by a trace of the main thread, layout takes 14 ms against 7, style 5 against 1,
scripts 15 against 5. The session is redeemed before there is anything to show (10 ms, one durable commit).`,
  'opening-4': `By a trace of the main thread: layout takes 57 ms against 20, style 19 against 3, compiling and running scripts 45 to 55
against 12 to 20, painting 11 against 6, and redeeming the session 11 ms, one durable commit. Nothing waits for a second request: the
first tab's rows come with the redeemed session, and other parts are loaded behind them. Tried and kept, and held by
\`npm run size\`: 25 kB for everything that the first rows need.`,
  'list-work-sorting': `By a trace of the main thread, of the work for 100 rows layout takes 96 ms and painting 93, scripts 17: a row of ours
has more cells and marks than the bare page's, and Chromium paints without a graphics processor here.`,
  'list-work-filtering': `By a trace of the main thread: layout 81 ms and painting 95, scripts 7.`,
  'list-work-switching-tabs': `By a trace of the main thread: layout 47 ms, style 38, painting 34, scripts 27, among them the tab's own
module, which is loaded at its first use.`,
};
