/** What a file says of its pixels that a codec does not apply. */
export interface Traits {
  /** More than one picture in time. */
  readonly isAnimated: boolean;
  /** How it is turned, 1 to 8 as Exif counts; 1 is upright. */
  readonly orientation: number;
  /** The ICC profile, as it lies in the file; compressed in PNG. */
  readonly profile?: { readonly bytes: Uint8Array; readonly isDeflated: boolean };
  /** Why its colours cannot be told by a codec or a profile. */
  readonly problem?: 'profile' | 'unsupported';
}

/** Nothing out of the ordinary. */
export const plainTraits: Traits = { isAnimated: false, orientation: 1 };
