/** What the API client throws, as far as views know it. */
export class TestFailure extends Error {
  readonly status: number;
  readonly requestId: string | null;

  constructor(status: number, requestId: string | null = 'req_4f8a21c09d') {
    super('test failure');
    this.status = status;
    this.requestId = requestId;
  }
}
