import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { inertMarkdown } from '../../src/core/document/inertMarkdown.ts';
import type { GatewayCheck } from '../../src/core/gateway/checkGateway.ts';
import { checkReport, redactedReport, type ReportFacts } from '../../src/core/gateway/checkReport.ts';
import { parseModels } from '../../src/core/gateway/models.ts';
import { presets } from '../../src/core/gateway/presets.ts';
import { gatewayAt } from '../support/askGateway.ts';
import { recordedList } from '../support/recordedLists.ts';

const versions = { extension: '0.1.0', editor: '1.139.1', host: 'node' } as const;
const key = 'sk-live-0123456789abcdef';

const good: GatewayCheck = {
  reached: { milliseconds: 312 },
  list: parseModels(recordedList('vercel')) ?? [],
  key: { kind: 'works', shownBy: 'account' },
  account: { of: 'credit', left: '$95.50', used: '$4.50' },
};

function facts(
  check: Partial<GatewayCheck> = {},
  config = gatewayAt(presets[0]?.baseUrl ?? ''),
): ReportFacts {
  return { config, check: { ...good, ...check }, secrets: [key, 'header-value'], versions };
}

const secretGateway = gatewayAt('https://llm.secret-corp.example:8443/team/v1', 'secret-id', {
  name: 'Secret Corp',
  headers: { 'X-Team': 'header-value' },
});

/** Kinds of everything in the Markdown. */
function kinds(markdown: string): Set<string> {
  const found = new Set<string>();
  const visit = (node: { type: string; children?: unknown[] }) => {
    found.add(node.type);
    for (const child of node.children ?? []) visit(child as { type: string });
  };
  visit(fromMarkdown(markdown));
  return found;
}

describe('3.3 the report of Check Gateway', () => {
  it('3.3 tells host, time, key, credit, models, routes and prices', () => {
    const report = checkReport(facts());
    for (const part of [
      '# Check Gateway: Vercel AI Gateway',
      'ai-gateway.vercel.sh',
      'yes, it answered in 312 ms',
      'works: the account answered',
      '\\$95.50 left of the credit; \\$4.50 used so far',
      '13 listed, 9 for images',
      '| google/gemini-3-pro-image | chat | \\$2 / \\$12 per M tokens | yes |',
      '| bfl/flux-2-pro | images | \\$0.03 per image | unknown |',
      '| xai/grok-imagine-image | images | unknown | unknown |',
      'No image was asked for',
    ])
      assert.ok(report.includes(part), `${part} in ${report}`);
  });

  it('3.3 tells the route that the gateway taught, where it is not the list’s', () => {
    const learnedRoute = (model: string) => (model.startsWith('google/') ? 'images' : undefined);
    const report = checkReport({ ...facts(), learnedRoute });
    assert.match(report, /\| google\/gemini-3-pro-image \| images \(learned\) \|/);
    assert.match(report, /\| bfl\/flux-2-pro \| images \|/);
  });

  it('3.3 tells a refused key once', () => {
    const failure = { code: 'unauthorized', sentence: 'Vercel AI Gateway refused the API key.' } as const;
    const report = checkReport(facts({ account: failure, key: { kind: 'refused', failure } }));
    assert.equal(report.match(/refused the API key/g)?.length, 1);
    assert.match(report, /\| Key \| refused: /);
  });

  it('3.3 says of a guess that it is one', () => {
    const list = parseModels(recordedList('openai')) ?? [];
    assert.match(checkReport(facts({ list })), /13 listed, 5 for images, 5 of them by their names only/);
  });

  it('3.3 tells failures as sentences with their codes', () => {
    const failure = {
      code: 'network',
      sentence: 'Nothing answers at 127.0.0.1:9; start the server there.',
    } as const;
    const report = checkReport(
      facts({ reached: failure, list: failure, key: { kind: 'notTested', why: 'noAnswer' } }),
    );
    assert.match(
      report,
      /\| Reached \| no: Nothing answers at 127\.0\.0\.1:9; start the server there\. \(network\) \|/,
    );
    assert.match(report, /the key was not tested: nothing answered/);
    assert.doesNotMatch(report, /Image model/);
  });

  const hostile = [
    '[x](command:workbench.action.quit)',
    '![x](https://evil.example/p.png)',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example>',
    'https://evil.example/a',
    '//evil.example/a',
    'www.evil.example',
    'me@evil.example',
    'mailto:me@evil.example',
    'a | b | c',
    '`code`',
    '&lt;b&gt;',
    'x\n\n# Heading\n\n[y]: https://evil.example',
  ];
  for (const text of hostile) {
    it(`3.3 leaves ${JSON.stringify(text)} of a gateway inert`, () => {
      const list = parseModels([{ id: text.split('\n')[0], name: text, type: 'image' }]) ?? [];
      const failure = { code: 'unauthorized', sentence: text } as const;
      const report = checkReport(
        facts(
          { list, account: failure, key: { kind: 'refused', failure } },
          { ...secretGateway, name: text },
        ),
      );
      for (const kind of [
        'link',
        'image',
        'html',
        'inlineCode',
        'definition',
        'imageReference',
        'linkReference',
      ])
        assert.equal(kinds(report).has(kind), false, `${kind}: ${report}`);
      assert.doesNotMatch(report, /https?:\/\/|command:|(^|[^/\\])\/\/|www\.|[^\\]@/);
      // Cells are divided by our own bars only.
      const row = report.split('\n').find((line) => line.startsWith('| Key |')) ?? '';
      assert.equal(row.match(/(?<!\\)\|/g)?.length, 3, row);
    });
  }

  it('3.3 keeps whatever words on their line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const inert = inertMarkdown(text);
        assert.doesNotMatch(inert, /[\n\r\u2028\u2029]/);
        assert.deepEqual([...kinds(`x ${inert} x`)].sort(), ['paragraph', 'root', 'text']);
      }),
    );
  });

  it('3.3 holds neither key nor header values, wherever the gateway says them', () => {
    const failure = {
      code: 'unauthorized',
      sentence: `The key ${key} with header-value is unknown.`,
    } as const;
    const list = parseModels([{ id: `model-${key}`, type: 'image' }]) ?? [];
    const report = checkReport(
      facts({ list, key: { kind: 'refused', failure }, account: failure }, secretGateway),
    );
    assert.ok(!report.includes(key) && !report.includes('header-value'), report);
  });
});

describe('3.3 the redacted report', () => {
  it('3.3 names a preset and its image models', () => {
    const report = redactedReport(facts());
    assert.match(report, /- Gateway: vercel\n- Authentication: bearer; route: auto/);
    assert.match(report, /bfl\/flux-2-pro \(images, \$0\.03 per image\)/);
    assert.match(report, /Image Gateway 0\.1\.0, VS Code 1\.139\.1, node extension host/);
  });

  it('3.3 names nothing of a custom gateway, nor of a preset that was moved elsewhere', () => {
    const failure = {
      code: 'unauthorized',
      sentence: `Secret Corp at llm.secret-corp.example: ${key}`,
    } as const;
    for (const config of [secretGateway, gatewayAt('https://llm.secret-corp.example/v1', 'vercel')]) {
      for (const check of [
        {},
        { reached: failure, list: failure, account: failure, key: { kind: 'refused', failure } as const },
      ]) {
        const report = redactedReport(facts(check, config));
        assert.match(report, /- Gateway: custom/);
        assert.doesNotMatch(report, /secret|corp|vercel|flux|header-value|8443|sk-live|https?:/i);
      }
    }
  });

  it('3.3 gives codes in place of the gateway’s words, and no figures of the account', () => {
    const failure = { code: 'rateLimited', sentence: 'Please wait, Jane Doe.' } as const;
    const report = redactedReport(facts({ list: failure }));
    assert.match(report, /Models: failed \(rateLimited\)/);
    assert.match(report, /Account: told/);
    assert.doesNotMatch(report, /Jane|95|4\.50/);
  });
});
