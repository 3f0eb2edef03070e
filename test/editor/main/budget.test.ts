import * as assert from '../../support/assert.ts';
import { needsUi, type TestGateway, ui } from '../../support/client.ts';
import { failsWith, generate, leavesAsFound, posts, set, useGateway } from '../../support/commandKit.ts';

const perHour = 'imageGateway.request.maxImagesPerHour';

describe('2.2 request.maxImagesPerHour', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('budget'));
  });

  /** How many images of the hour are used: other tests have asked for some. */
  async function used(): Promise<number> {
    await set(perHour, 0);
    const { message } = await failsWith('budgetExceeded', generate({ prompt: 'how many' }));
    return Number(/^(\d+) of 0 images/.exec(message)?.[1]);
  }

  it('2.2 bounds the images that calls with `prompt` ask for, before the request', async () => {
    await set(perHour, (await used()) + 3);
    await generate({ prompt: 'two', n: 2 });
    const error = await failsWith('budgetExceeded', generate({ prompt: 'two more', n: 2 }));
    assert.includes(error.message, perHour);
    await generate({ prompt: 'the last one' });
    await failsWith('budgetExceeded', generate({ prompt: 'one more' }));
    assert.equal((await posts(gateway)).length, 2);
  });

  it('2.2 holds for calls that come at once', async () => {
    await set(perHour, (await used()) + 2);
    const calls = Array.from({ length: 5 }, (_, index) => generate({ prompt: `at once ${index}` }));
    const outcomes = await Promise.allSettled(calls);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2);
    assert.equal((await posts(gateway)).length, 2);
  });

  it('2.2 does not count what was refused before it was sent', async () => {
    const already = await used();
    await set(perHour, already + 1);
    await failsWith('invalidArguments', generate({ prompt: 'a fox', directory: '../out' }));
    await failsWith('modelNotFound', generate({ prompt: 'a fox', model: 'acme/gone' }));
    assert.equal(await used(), already);
  });

  it('2.2 does not count the offline gateway', async () => {
    const already = await used();
    const { images } = await generate({ prompt: 'a sketch', gateway: 'offline', size: '32x32' });
    assert.equal(images.length, 1);
    assert.equal(await used(), already);
  });

  it('2.2 does not bound what a person asks for', async function () {
    await needsUi(this);
    const already = await used();
    const result = generate();
    await ui.quickInput();
    await ui.answerInput('by hand');
    assert.equal((await result).images.length, 1);
    assert.equal(await used(), already);
  });
});
