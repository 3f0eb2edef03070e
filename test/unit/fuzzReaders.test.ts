import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { readChatPiece, readImagesAnswer } from '../../src/core/gateway/answer.ts';
import { decodeBase64, decodeDataUrl } from '../../src/core/gateway/base64.ts';
import { errorWords } from '../../src/core/gateway/errorWords.ts';
import { statusFailure } from '../../src/core/gateway/failureOf.ts';
import { imageModels, parseModels } from '../../src/core/gateway/models.ts';
import { readCost, readUsage } from '../../src/core/gateway/reported.ts';
import { decodePicture, lookAt } from '../../src/core/gateway/pictures.ts';

const context = { gatewayName: 'Corp', host: 'ai.corp.example', secrets: ['key-0123456789'] };

/** JSON of any shape in which the names occur that the readers look for. */
function jsonWith(names: readonly string[], words: readonly string[]): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1e300, 4e-7, NaN, '', ...words),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.double(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 3 })), tie('tree'), {
        maxKeys: 4,
      }),
    ),
  }));
  return tree;
}

describe('3.9 fuzzing what reads an answer', () => {
  it('3.9 the data-URL reader decodes what was encoded, and throws at nothing', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    const head = fc.constantFrom(
      'data:image/png;base64,',
      'DATA:;charset=utf-8;BASE64,',
      'data:image/jpeg; base64 ,',
    );
    fc.assert(
      fc.property(bytes, head, (value, start) => {
        const url = start + Buffer.from(value).toString('base64');
        assert.deepEqual(Buffer.from(decodeDataUrl(url)!.bytes), Buffer.from(value));
      }),
      { numRuns: 5000 },
    );
    const bits = fc.constantFrom(
      'data:',
      'image/png',
      ';',
      'base64',
      ',',
      'AAAA',
      '=',
      '%3D',
      '<',
      ' ',
      '\n',
    );
    const text = fc.array(fc.oneof(bits, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 12 });
    fc.assert(
      fc.property(text, (parts) => {
        const url = parts.join('');
        decodeDataUrl(url);
        decodeBase64(url);
        try {
          lookAt(decodePicture(url, 'Acme').bytes, { mediaType: url });
        } catch (error) {
          assert.ok(isImageGatewayError(error), String(error));
        }
      }),
      { numRuns: 15_000 },
    );
  });

  it('3.9 the error extractor finds words or none in any JSON, and its sentence holds no link and no key', () => {
    const names =
      'error message code type param detail loc msg title metadata error_type error_description'.split(' ');
    const words = [
      'https://evil.example/[x](command:run)',
      'key-0123456789',
      'None',
      '500',
      '<html><title>x',
    ];
    fc.assert(
      fc.property(jsonWith(names, words), fc.integer({ min: 400, max: 599 }), (body, status) => {
        const { message, code, param } = errorWords(body);
        for (const one of [message, code, param]) assert.equal(typeof one, 'string');
        const failure = statusFailure(status, body, context);
        assert.ok(failure.message.length < 700);
        assert.doesNotMatch(
          failure.message.replace(/ \[[a-zA-Z]+\]$/, ''),
          /https?:|command:|key-0123456789|[[\]<>\n]/,
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('3.9 the models reader gives entries or none, each with an id of one line', () => {
    const names =
      'data models id name type tags architecture output_modalities input_modalities supported_parameters pricing'.split(
        ' ',
      );
    const words = ['image', 'language', 'image-generation', 'text', 'acme/painter', '\u202eevil', '0.04'];
    fc.assert(
      fc.property(jsonWith(names, words), (body) => {
        for (const entry of imageModels(parseModels(body) ?? [])) {
          assert.ok(entry.id !== '' && entry.id.length <= 200);
          assert.doesNotMatch(entry.id + entry.name, /[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('3.9 the answer readers take any JSON; a cost is a decimal or unknown', () => {
    const names =
      'choices message delta content images image image_url url b64_json data usage cost provider_metadata providerMetadata gateway finish_reason refusal'.split(
        ' ',
      );
    const words = ['data:image/png;base64,AAAA', 'https://example.com/a.png', 'stop', '0.04', '-1', '1e5'];
    fc.assert(
      fc.property(jsonWith(names, words), (body) => {
        readChatPiece(body);
        readImagesAnswer(body);
        const cost = readCost(body);
        if (cost !== undefined) assert.match(cost.amount, /^\d+(\.\d+)?$/);
        for (const count of Object.values(readUsage(body) ?? {})) assert.ok(Number.isFinite(count));
      }),
      { numRuns: 10_000 },
    );
  });
});
