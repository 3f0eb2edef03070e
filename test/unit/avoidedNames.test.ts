import { disk, hostModule, person, Uri, window } from '../support/vscodeWithFiles.ts';
import { OneDocument } from '../support/oneDocument.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { FinishedImage, SavedImage } from '../../src/core/events.ts';
import { offlineGatewayId } from '../../src/core/gateway/presets.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { Command } from '../../src/host/commands/command.ts';
import type { ImageCall, PreparedCall } from '../../src/host/imageCall.ts';
import type { Log } from '../../src/host/log.ts';
import type { Destination } from '../../src/host/workspace/destination.ts';
import type * as Store from '../../src/host/workspace/imageStore.ts';
import type * as Plan from '../../src/host/workspace/planDestination.ts';
import { makePng } from '../support/png.ts';

type MakeCommand = (parts: unknown) => Command;
const { generateMissingCommand } = (await hostModule('commands/generateMissing.ts')) as {
  readonly generateMissingCommand: MakeCommand;
};
const { fillReferenceCommand } = (await hostModule('commands/fillReference.ts')) as {
  readonly fillReferenceCommand: MakeCommand;
};
const { FileLookup } = (await hostModule('documents/fileLookup.ts')) as {
  readonly FileLookup: new () => object;
};
const { ImageStore } = (await hostModule('workspace/imageStore.ts')) as typeof Store;
const { planDestination } = (await hostModule('workspace/planDestination.ts')) as typeof Plan;

const bytes = makePng(8, 8);
const image = { bytes, facts: inspectImage(bytes), received: { bytes } } as unknown as FinishedImage;
const ignore = () => ({ dispose: () => undefined });
const log = { info: ignore, warn: ignore, error: ignore } as unknown as Log;
const store = new ImageStore(log);

/** A service without a gateway: what is asked for comes as a PNG and is written as it is in the editor. */
const service = {
  prepare: async (call: ImageCall) => ({
    ...{ call, config: { id: offlineGatewayId, name: 'Sketch' }, wantedModel: '', settings: {} },
    destinationFor: await planDestination(call, {} as never, undefined, {} as never),
  }),
  async *run({ call, destinationFor }: PreparedCall) {
    const saved: SavedImage = await store.save(image, 1, await destinationFor(''), { prompt: call.prompt });
    yield { type: 'finished', outcome: { images: [saved], notices: [], model: '' } };
  },
};
const parts = () => ({
  ...{ service, log, lookup: new FileLookup(), reports: {}, recovery: { make: ignore } },
  gateways: {
    current: () => ({ id: offlineGatewayId }),
    find: () => ({ name: 'Sketch' }),
    knownList: () => undefined,
    wantedModel: () => '',
  },
});

interface ListedRow {
  readonly label: string;
}

/** A list in which the person unchecks all but one row once there are two. */
function listWhereOnly(chosen: RegExp) {
  let accept = (): void => undefined;
  let select = (_rows: readonly ListedRow[]): void => undefined;
  const list = {
    ...{ items: [] as readonly ListedRow[], activeItems: [], selectedItems: [], buttons: [] },
    ...{ onDidTriggerButton: ignore, onDidTriggerItemButton: ignore, onDidHide: ignore },
    ...{ hide: ignore, dispose: ignore },
    onDidChangeSelection: (listener: typeof select) => (select = listener),
    onDidAccept: (listener: typeof accept) => (accept = listener),
    show: () => {
      const waiting = setInterval(() => {
        if (list.items.length < 2) return;
        clearInterval(waiting);
        select(list.items);
        select(list.items.filter(({ label }) => chosen.test(label)));
        accept();
      }, 5);
    },
  };
  return list;
}

/** A box whose text the person takes as it stands. */
function acceptedBox() {
  let accept = (): void => undefined;
  return {
    ...{
      value: '',
      onDidTriggerButton: ignore,
      onDidChangeValue: ignore,
      onDidHide: ignore,
      dispose: ignore,
    },
    onDidAccept: (listener: typeof accept) => (accept = listener),
    show: () => setTimeout(() => accept(), 0),
  };
}

describe('6.2 an image that gets another name', () => {
  const before = '<link rel="icon" href="favicon.ico"><link rel="icon" sizes="192x192" href="favicon.png">';
  const after = before.replace('favicon.ico', 'favicon-1.png');
  const uri = new Uri('file', '/w/a.html');
  const page = new OneDocument('html');

  beforeEach(() => {
    person.reset();
    disk.clear();
    disk.set(uri.path, new TextEncoder().encode(before));
    page.text = before;
    Object.assign(window, { createQuickPick: () => listWhereOnly(/\.ico/), createInputBox: acceptedBox });
    page.open();
  });
  afterEach(() => {
    disk.clear();
    for (const name of ['createQuickPick', 'createInputBox']) Reflect.deleteProperty(window, name);
    page.close();
  });

  const isLeftFree = () => {
    assert.deepEqual([...disk.keys()], ['/w/a.html', '/w/favicon-1.png']);
    assert.equal(page.text, after);
  };

  it('6.2 does not get that of one that is missing, too, and was not chosen', async () => {
    await generateMissingCommand(parts()).run(uri);
    isLeftFree();
  });

  it('6.1 does not get that of another one that the document names', async () => {
    await fillReferenceCommand(parts()).run(uri, before.indexOf('favicon.ico'));
    isLeftFree();
  });

  it('6.2 does not get one that differs from it in case only, and keeps its own extension where that is free', async () => {
    const directory = new Uri('file', '/w') as unknown as vscode.Uri;
    const save = async (avoided: string) => {
      const destination: Destination = {
        target: () => ({ directory, stem: 'fox' }),
        check: () => Promise.resolve(),
        avoided: [new Uri('file', avoided) as unknown as vscode.Uri],
      };
      return (await store.save(image, 1, destination, { prompt: 'a fox' })).uri;
    };
    assert.equal(await save('/w/Fox.PNG'), 'file:///w/fox-1.png');
    assert.equal(await save('/w/fox.gif'), 'file:///w/fox.png');
  });
});
