// An ICC profile made for tests: the primaries of sRGB with linear light, so that what it does can be worked out by hand.

import { D65, iccProfile } from '../icc-profile.ts';

/** Samples under this profile are shares of light: 128 is half of it, which sRGB writes as 188. */
export const linearLightProfile = (): Uint8Array =>
  iccProfile({ name: 'L', white: D65, red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], light: 1 });
