import assert from 'node:assert/strict';
import { modelRows } from '../../src/core/gateway/modelRows.ts';
import { parseModels } from '../../src/core/gateway/models.ts';
import { gatewayAt } from '../support/askGateway.ts';
import { recordedList } from '../support/recordedLists.ts';

const words = { imageModels: 'IMAGES', unsure: 'UNSURE', takesImages: 'REFERENCES' };

function rows(list: unknown, id = 'vercel', current = '') {
  return modelRows(parseModels(list) ?? [], gatewayAt('https://a.example/v1', id), current, words);
}

describe('3.4 the rows of Select Model', () => {
  it('3.4 tell route, price and references, image models only', () => {
    const [heading, first, ...others] = rows(recordedList('vercel'), 'vercel', 'google/gemini-3-pro-image');
    assert.deepEqual(heading, { label: 'IMAGES' });
    assert.deepEqual(first, {
      label: '$(check) Nano Banana Pro (Gemini 3 Pro Image)',
      description: 'google/gemini-3-pro-image',
      detail: 'chat · $2 / $12 per M tokens · REFERENCES',
      id: 'google/gemini-3-pro-image',
    });
    const details: Record<string, string | undefined> = {};
    for (const { id = '', detail } of others) details[id] = detail;
    assert.equal(details['bfl/flux-2-pro'], 'images · $0.03 per image');
    assert.equal(details['xai/grok-imagine-image'], 'images');
    assert.equal(others.length, 8);
    assert.equal('anthropic/claude-opus-4.5' in details, false);
  });

  it('3.4 put what the list says nothing of below', () => {
    const labels = rows(recordedList('litellm'), 'corp').map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 7), [
      'IMAGES',
      'gpt-image-2',
      'dall-e-3-azure',
      'vertex_ai/imagen-4.0-generate-001',
      'gemini/gemini-2.5-flash-image',
      'bedrock/stability.stable-image-ultra-v1:1',
      'UNSURE',
    ]);
    assert.equal(labels.length, 14);
  });

  it('3.4 name the route that a request would take', () => {
    const detail = (id: string, model: string) =>
      rows(recordedList('openrouter'), id)
        .find((row) => row.id === model)
        ?.detail?.split(' · ')[0];
    assert.equal(detail('openrouter', 'google/gemini-3-pro-image'), 'chat');
    assert.equal(detail('openrouter', 'recraft/recraft-v4'), 'images');
    assert.equal(detail('openai', 'google/gemini-3-pro-image'), 'images');
  });

  it('3.4 draw no icon of the gateway’s', () => {
    const [, row] = rows([{ id: 'a/$(trash)', name: '$(flame) Hot', type: 'image' }]);
    assert.deepEqual([row?.label, row?.description], ['$ (flame) Hot', 'a/$ (trash)']);
  });
});
