import assert from 'node:assert/strict';
import { mostReferenceBytes, mostReferences } from '../../src/core/referenceBounds.ts';
import { referenceRoles } from '../../src/core/referenceRoles.ts';
import {
  decodeFromReferences,
  decodeToReferences,
  maxFileNameLength,
  mostPanelReferenceBytes,
  mostPanelReferences,
  panelRoles,
} from '../../src/protocol/references.ts';

const bytes = new Uint8Array([1, 2, 3]);
const reference = { id: 'one', name: 'fox.png', facts: '8 × 6 · PNG', role: 'style' };
const thumbnail = { referenceId: 'one', bytes, mediaType: 'image/webp' };
/** Strings that each say their own name, whatever names there are. */
const strings: unknown = new Proxy({}, { get: (_target, name) => String(name) });
const notMessages = [undefined, null, 0, '', 'chooseReferences', [], {}, { type: 1 }, { type: 'ready' }];

describe('5.3 references: messages of the page, as the host decodes them', () => {
  it('5.3 accepts every message of the protocol unchanged', () => {
    const messages: unknown[] = [
      { type: 'chooseReferences' },
      { type: 'addReference', name: 'fox.png', bytes },
      { type: 'dropReferences', uris: ['file:///w/fox.png'] },
      ...panelRoles.map((role) => ({ type: 'setReferenceRole', referenceId: 'one', role })),
      { type: 'moveReference', referenceId: 'one', to: 'left' },
      { type: 'moveReference', referenceId: 'one', to: 'right' },
      { type: 'removeReference', referenceId: 'one' },
    ];
    for (const message of messages) assert.deepEqual(decodeFromReferences(message), message);
  });

  it('5.3 drops what is unknown or ill-typed', () => {
    const illTyped = [
      ...notMessages,
      { type: 'addReference', name: 'fox.png' },
      { type: 'addReference', name: 'fox.png', bytes: [1, 2, 3] },
      { type: 'addReference', name: 'fox.png', bytes: 'file:///etc/passwd' },
      { type: 'addReference', name: 7, bytes },
      { type: 'dropReferences', uris: 'file:///w/fox.png' },
      { type: 'dropReferences', uris: [{ scheme: 'file', path: '/etc/passwd' }] },
      { type: 'setReferenceRole', referenceId: 'one', role: 'owner' },
      { type: 'setReferenceRole', role: 'style' },
      { type: 'moveReference', referenceId: 'one', to: -1 },
      { type: 'removeReference', referenceId: ['one'] },
      { type: 'referencesChanged', references: [] },
    ];
    for (const message of illTyped) assert.equal(decodeFromReferences(message), undefined);
  });

  it('5.3 lets nothing through beside the known members: a forged Uri does not arrive', () => {
    const uri = 'file:///etc/passwd';
    const forged = [
      { type: 'chooseReferences', uri, uris: [uri], defaultUri: uri },
      { type: 'addReference', name: 'fox.png', bytes, uri, path: uri },
      { type: 'setReferenceRole', referenceId: 'one', role: 'style', uri },
      { type: 'removeReference', referenceId: 'one', uri },
    ];
    for (const message of forged) {
      const decoded = decodeFromReferences(message);
      assert.ok(decoded !== undefined);
      assert.doesNotMatch(JSON.stringify(decoded), /passwd/);
    }
  });

  it('5.3 bounds names, bytes, ids and Uris', () => {
    const isTaken = (message: unknown) => decodeFromReferences(message) !== undefined;
    const name = 'x'.repeat(maxFileNameLength);
    assert.ok(isTaken({ type: 'addReference', name, bytes }));
    assert.ok(!isTaken({ type: 'addReference', name: `${name}x`, bytes }));
    assert.ok(isTaken({ type: 'addReference', name, bytes: new ArrayBuffer(mostPanelReferenceBytes) }));
    assert.ok(!isTaken({ type: 'addReference', name, bytes: new ArrayBuffer(mostPanelReferenceBytes + 1) }));
    assert.ok(isTaken({ type: 'dropReferences', uris: Array<string>(200).fill('x'.repeat(4096)) }));
    assert.ok(!isTaken({ type: 'dropReferences', uris: Array<string>(201).fill('x') }));
    assert.ok(!isTaken({ type: 'dropReferences', uris: ['x'.repeat(4097)] }));
    assert.ok(!isTaken({ type: 'removeReference', referenceId: 'x'.repeat(101) }));
  });

  it('5.3 has the bounds and the roles of the core', () => {
    assert.equal(mostPanelReferences, mostReferences);
    assert.equal(mostPanelReferenceBytes, mostReferenceBytes);
    assert.deepEqual(panelRoles, ['none', ...referenceRoles]);
  });
});

describe('5.3 references: messages of the host, as the page decodes them', () => {
  it('5.3 accepts every message of the protocol', () => {
    const all = decodeToReferences({
      ...{ type: 'references', references: [reference], thumbnails: [thumbnail], strings },
    });
    assert.ok(all?.type === 'references');
    assert.deepEqual(all.references, [reference]);
    assert.deepEqual(all.thumbnails, [thumbnail]);
    assert.ok(Object.entries(all.strings).every(([name, words]) => name === words));
    assert.ok(Object.keys(all.strings).length > 20);
    const messages: unknown[] = [
      { type: 'referencesChanged', references: [reference] },
      { type: 'referenceThumbnail', thumbnail },
      { type: 'referenceRefused', sentence: 'It is no picture.' },
    ];
    for (const message of messages) assert.deepEqual(decodeToReferences(message), message);
  });

  it('5.3 drops what is unknown or ill-typed, and keeps no member it does not know', () => {
    const illTyped = [
      ...notMessages,
      { type: 'references', references: [reference], thumbnails: [], strings: { references: 'References' } },
      { type: 'referencesChanged', references: [{ ...reference, role: 'owner' }] },
      { type: 'referencesChanged', references: Array(17).fill(reference) },
      { type: 'referenceThumbnail', thumbnail: { ...thumbnail, bytes: 'x' } },
      { type: 'referenceRefused', sentence: { toString: () => 'x' } },
    ];
    for (const message of illTyped) assert.equal(decodeToReferences(message), undefined);
    const changed = decodeToReferences({
      ...{ type: 'referencesChanged', references: [{ ...reference, uri: 'file:///w/fox.png' }] },
    });
    assert.deepEqual(changed, { type: 'referencesChanged', references: [reference] });
  });
});
