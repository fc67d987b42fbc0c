/** What stands before the operations, in Markdown. */
export const introduction = `Three audiences, three credentials; none is accepted in another's place:

- **Merchant API**: for your backend, with the headers \`organisation\` and \`X-API-KEY\`.
- **Portal API**: for the portal in your customer's browser, with an access token in \`Authorization: Bearer\`.
- **Console API**: for the console in your staff's browser, with its cookie.

The merchant API follows the conventions of Zenskar's public billing API, so that a client written for it needs another base
URL and nothing else. This is an independent implementation, not affiliated with Zenskar. Where the public conventions leave
a choice open, the operation says what was chosen.

**Requests.** JSON, in snake case but for \`zipCode\`. Unknown fields and parameters are refused with 422. Every POST of the
merchant API takes an \`Idempotency-Key\`. \`PATCH\` changes the fields it is given; \`null\` clears one. A bare day is one of the
billing time zone: the customer's, else the organisation's; in filters of the merchant API the organisation's.

**Answers.** 200 with every field there is, \`null\` where there is nothing. Money is whole minor units beside an ISO 4217
code, except where an operation says otherwise. Times are ISO 8601 in UTC. The end of a billing period is exclusive.

**Lists.** \`results\`, \`next\`, \`previous\`, \`total_count\`. Send \`next\` as \`cursor\` for the next page, with the same filters
and order. \`limit\` is 10 unless given, at most 100. Filters carry their operator as a suffix, as in \`due_date__lte\`; a list
of values is repeated or separated by commas.

**Errors.** One shape: branch on \`code\`, show \`message\` to people, quote \`request_id\` to support. \`detail\` names each
refused field. \`retryable\` says whether the same request can succeed later. An address that is no operation is 404
\`not_found\`.
`;
