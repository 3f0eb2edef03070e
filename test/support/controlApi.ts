// What a test inside the editor may ask of the test runner outside. Everything here is plain data over one HTTP call,
// so it is the same for the Node extension host and for the browser's, which has neither files nor a page to press on.
import type { FaultName } from './faults/faults.ts';
import type { RecordedRequest, Reply } from './gatewayReply.ts';

/** The file, in the first workspace folder, that tells the tests where the runner is. */
export const controlFileName = '.image-gateway-test.json';

/** What that file holds. */
export interface ControlFile {
  readonly url: string;
  readonly token: string;
  /** Name of the run: `newest`, `oldest`, `web`, `restricted`, `hostile`, `desktop`. */
  readonly run: string;
  /** Folder of test/editor whose tests belong to the run. */
  readonly suite: string;
  readonly host: 'node' | 'web';
  /** Names of test files that other runs have for this one, too. */
  readonly without?: readonly string[] | undefined;
  readonly grep?: string | undefined;
}

/** The gateways that the runner hosts, each by a name the test chooses; the first call with a name starts it. */
export interface GatewayApi {
  start(name: string): Promise<{ origin: string; baseUrl: string }>;
  reply(name: string, path: string, reply: Reply): Promise<void>;
  queue(name: string, path: string, replies: readonly Reply[]): Promise<void>;
  /** Goes wrong as the fault of that name does. */
  play(name: string, fault: FaultName): Promise<void>;
  requests(name: string, path?: string): Promise<RecordedRequest[]>;
  preflights(name: string): Promise<number>;
  /** Serves a PNG of that size at `/picture/<file>` and returns the address; or the bytes given as base64. */
  servePicture(
    name: string,
    file: string,
    picture: { size: string } | { base64: string; mediaType: string },
  ): Promise<string>;
  /** The base64 of a PNG: `64x48`, `64x48 #ff8800`. */
  png(size: string): Promise<string>;
  /** Gives the answers that hang `untilReleased`, and the next of the pieces that are held. */
  release(name: string): Promise<void>;
  reset(name: string): Promise<void>;
}

/** The disk below the run's own temporary folder; paths are absolute or relative to the first workspace folder. */
export interface DiskApi {
  /** Base64, or null where there is no file. */
  read(path: string): Promise<string | null>;
  /** Every file and link below a folder, as sorted relative paths with `/`; links end in ` -> target`. */
  list(path?: string): Promise<string[]>;
  write(path: string, base64: string): Promise<void>;
  /** Makes a link at `path` to `target` (which is written as given); its folder is made. */
  symlink(target: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** The run's temporary folder (outside the workspace, for links that lead out) and the workspace folder. */
  folders(): Promise<{ temporary: string; workspace: string }>;
}

/** Where to look for an element. */
export interface Target {
  /** The extension's own webview panel (default), the workbench, or the webview of another extension by its id. */
  readonly within?: 'panel' | 'workbench' | { readonly webview: string };
  readonly role?: string;
  /** Accessible name, whole and case-sensitive. */
  readonly name?: string;
  readonly text?: string;
  readonly label?: string;
  readonly selector?: string;
  /** Makes `name`, `text` and `label` match a part, in any case. */
  readonly loose?: boolean;
  /** Which of several, from 0; -1 is the last. Without it several are an error, except for `inspect` and `texts`. */
  readonly nth?: number;
  /** For how long it may take to come: 10 s. */
  readonly timeoutMs?: number;
}

/** What an element is like now. */
export interface Inspection {
  /** How many match; everything else is about the first, and absent where there is none. */
  readonly count: number;
  readonly visible?: boolean;
  readonly enabled?: boolean;
  readonly focused?: boolean;
  readonly text?: string;
  readonly value?: string | undefined;
  readonly checked?: boolean | undefined;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly box?: { x: number; y: number; width: number; height: number } | undefined;
}

/** A notification toast, or a modal dialog. */
export interface Message {
  readonly text: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
}

/** The open quick pick or input box. */
export interface QuickInput {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** True where what is typed is hidden. */
  readonly password: boolean;
  /** The prompt or the validation message below the box. */
  readonly message: string;
  /** Rows in view, with `checked` where there are check boxes. */
  readonly items: readonly { label: string; description: string; detail: string; checked?: boolean }[];
}

/** The workbench and its webviews, as a person has them before them. */
export interface UiApi {
  /** False in the desktop run, which has no page to drive. */
  available(): Promise<boolean>;
  /** Opens the palette and runs the command whose row reads exactly so (`Image Gateway: Generate Image`). */
  runCommand(title: string): Promise<void>;
  /** Rows of the palette for what is typed. */
  searchCommands(text: string): Promise<string[]>;
  type(text: string): Promise<void>;
  /** Playwright's key names: `Enter`, `Shift+Tab`, `ControlOrMeta+a`; on the element if one is given. */
  press(key: string, target?: Target): Promise<void>;
  click(
    target: Target,
    options?: { button?: 'left' | 'right'; modifiers?: ('Shift' | 'Control' | 'Alt')[] },
  ): Promise<void>;
  /** Drags one thing onto another by mouse; a modifier is pressed once the drag has begun. */
  drag(from: Target, to: Target, modifier?: 'Shift'): Promise<void>;
  fill(target: Target, text: string): Promise<void>;
  focus(target: Target): Promise<void>;
  inspect(target: Target): Promise<Inspection>;
  texts(target: Target): Promise<string[]>;
  waitFor(target: Target, state?: 'visible' | 'hidden' | 'enabled'): Promise<void>;
  /** Waits until the panel (or what is named) shows the text somewhere. */
  waitForText(text: string, target?: Target): Promise<void>;
  /** The value of a JavaScript expression in the panel's (or the named) page. */
  evaluate(expression: string, within?: Target['within']): Promise<unknown>;
  /** What a screen reader is told, as Playwright's aria snapshot; of the whole page without a target. */
  ariaSnapshot(target?: Target): Promise<string>;
  /** Writes out/screenshots/<run>/<name>.png and returns its path. */
  screenshot(name: string, target?: Target): Promise<string>;
  setViewport(width: number, height: number): Promise<void>;
  /**
   * Opens what this window has open in another, which starts its extensions anew, runs a command of the palette there, waits
   * for an element and resolves with its text; then the window is closed.
   */
  textInNewWindow(title: string, target: Target): Promise<string>;
  /** Toasts in view. */
  notifications(): Promise<Message[]>;
  /** Waits for a toast that holds the text. */
  waitForNotification(text: string, timeoutMs?: number): Promise<Message>;
  clickNotification(text: string, button: string): Promise<void>;
  clearNotifications(): Promise<void>;
  /** Waits for a modal dialog. */
  waitForDialog(timeoutMs?: number): Promise<Message>;
  clickDialog(button: string): Promise<void>;
  /** Waits for a quick pick, an input box or the simple file dialog; null when none comes in time. */
  quickInput(timeoutMs?: number): Promise<QuickInput | null>;
  /** Picks the row whose label reads so (a part of it will do where no row reads exactly so). */
  pickItem(label: string): Promise<void>;
  /** Types into the open input box, quick pick or simple file dialog, in place of what is there. */
  typeInput(text: string): Promise<void>;
  /** Types and accepts; without a text, accepts what is there. */
  answerInput(text?: string): Promise<void>;
  /** Escape, until no quick input is open. */
  cancelInput(): Promise<void>;
  /** What the clipboard holds: its types, the text, and a picture as base64. */
  clipboard(): Promise<{ types: string[]; text: string; png: string | null }>;
}

/** What the bundle reports of its own tests; not for tests. */
export interface ResultsApi {
  ended(test: {
    title: string;
    state: 'passed' | 'failed' | 'skipped';
    milliseconds: number;
    error?: string;
  }): Promise<void>;
  finished(totals: { passed: number; failed: number; skipped: number; files: number }): Promise<void>;
}

/** All of it, by the name it has on the wire. */
export interface ControlApi {
  gateway: GatewayApi;
  disk: DiskApi;
  ui: UiApi;
  results: ResultsApi;
}
