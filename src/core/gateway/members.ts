import { isRefused, type Learned } from './learned.ts';

/** An argument that is not on the wire as it was given, and why. */
export interface NotSent {
  readonly argument: string;
  /** `noMember`: the route has no place for it; `refused`: it has, and the gateway refused it. */
  readonly why: 'noMember' | 'refused';
}

/** Collects the members of a request's body, and leaves out what the gateway is known to refuse. */
export class Members {
  readonly body: Record<string, unknown> = {};
  readonly notSent: NotSent[] = [];
  /** Members on the wire, by the name under which a refusal would mention them, with their values. */
  readonly sent = new Map<string, unknown>();
  private readonly learned: Learned;

  constructor(learned: Learned) {
    this.learned = learned;
  }

  /** Adds a member that no gateway can do without. */
  set(name: string, value: unknown): void {
    this.body[name] = value;
  }

  /**
   * Adds a member unless it is undefined or known to be refused.
   * @param argument what the person calls it; absent where it is ours
   * @returns whether it is on the wire now
   */
  offer(name: string, value: unknown, argument?: string): boolean {
    const isTaken = this.takes(name, value, argument);
    if (isTaken) this.body[name] = value;
    return isTaken;
  }

  /** As `offer`, for a member of an object of the body, such as `image_config`; either may be refused. */
  offerIn(object: string, name: string, value: unknown, argument?: string): boolean {
    if (value === undefined) return false;
    const isTaken = this.takes(object, undefined, argument, true) && this.takes(name, value, argument);
    if (isTaken) this.body[object] = { ...(this.body[object] as object | undefined), [name]: value };
    return isTaken;
  }

  /** Notes an argument that is not sent. */
  leaveOut(argument: string, why: NotSent['why']): void {
    if (!this.notSent.some((one) => one.argument === argument)) this.notSent.push({ argument, why });
  }

  private takes(name: string, value: unknown, argument: string | undefined, isObject = false): boolean {
    if (value === undefined && !isObject) return false;
    if (isRefused(this.learned, name, value)) {
      if (argument !== undefined) this.leaveOut(argument, 'refused');
      return false;
    }
    this.sent.set(name, value);
    return true;
  }
}
