import type { FailureCode } from '../../../src/core/failure.ts';
import * as assert from '../../support/assert.ts';
import { controlFile, disk, type TestGateway } from '../../support/client.ts';
import { failsWith, generate, leavesAsFound, posts, useGateway } from '../../support/commandKit.ts';
import { answerOutcomes } from '../../support/faults/answerOutcomes.ts';
import { type FaultName, faults } from '../../support/faults/faults.ts';
import { statusOutcomes } from '../../support/faults/statusOutcomes.ts';

type Row = readonly [FaultName, 'chat' | 'images', number, FailureCode | undefined];

/** Those of the transport that need no clock; the others are in the unit tests, with clocks of their own. */
const transport: readonly Row[] = [
  ['serverError', 'images', 0, 'serverError'],
  ['rateLimitedOnce', 'images', 1, undefined],
  ['rateLimitedWithoutTime', 'images', 0, 'rateLimited'],
  ['proxyTimeOut', 'images', 0, 'timeout'],
  ['processing', 'images', 1, undefined],
  ['leadingNewlines', 'chat', 1, undefined],
  ['found', 'images', 0, 'network'],
  ['permanentRedirect', 'chat', 0, 'network'],
  ['jsonCalledText', 'images', 1, undefined],
  ['jsonErrorOnAStream', 'chat', 0, 'serverError'],
  ['languageModel', 'images', 1, undefined],
];
const status = statusOutcomes.map(([name, code]): Row => [name, 'images', 0, code]);
const answers = answerOutcomes.map(([name, route, count, code]): Row => [name, route, count, code]);

describe('3.8 every fault, through the command', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('faults'));
  });

  it('3.8 fault 6: closesBeforeItAnswers', async () => {
    await gateway.play('closesBeforeItAnswers');
    const error = await assert.rejects(generate({ prompt: 'a fox', model: 'acme/painter' }));
    // A browser does not tell a connection that broke from one that never was.
    assert.match(error.message, /may have been billed.*\[(interrupted|network)\]$/);
    // Chromium sends a request once more by itself where a connection that was open already closes without a byte.
    const { host } = await controlFile();
    assert.ok((await posts(gateway)).length <= (host === 'web' ? 2 : 1));
  });

  for (const [name, route, count, code] of [...transport, ...status, ...answers]) {
    it(`3.8 fault ${faults[name].number}: ${name}`, async () => {
      await gateway.play(name);
      const model = route === 'chat' ? 'acme/chatty' : 'acme/painter';
      const asking = generate({ prompt: 'a fox', model });
      if (count === 0) await failsWith(code ?? '', asking);
      else {
        const { images, notices } = await asking;
        assert.equal(images.length, count);
        const partial = notices.find((notice) => notice.code === 'partialFailure');
        assert.equal(partial === undefined, code === undefined, partial?.message ?? 'no partialFailure');
        if (code !== undefined) assert.ok(partial?.message.endsWith(`[${code}]`), partial?.message);
      }
      assert.equal((await disk.list('images')).length, count, 'files');
      // What may have been billed is never sent again.
      const isAskedAgain = name === 'rateLimitedOnce' || name === 'languageModel';
      assert.equal((await posts(gateway)).length, isAskedAgain ? 2 : 1, 'requests');
    });
  }
});
